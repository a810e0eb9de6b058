package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ties issues to the pull requests that are opened for them: an issue of the vault records them,
 * and is resolved when one of them is merged.
 *
 * @param given the issue that the run was started from; empty for none
 */
public record ProposedIssues(Vault vault, Optional<Issue> given) {

  /** The key in the front matter for the urls of the pull requests that were opened. */
  static final String PULL_REQUESTS = "pull_requests";

  static List<String> pullRequests(Issue issue) {
    return issue.metadata().get(PULL_REQUESTS) instanceof List<?> urls
        ? urls.stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * Returns the url of the issue of a tracker that a worktree was made for, or whose copy it was
   * made for; empty when it is not known.
   *
   * @param id the id of the issue of the worktree; null for none
   */
  public Optional<String> origin(@Nullable String id) {
    if (id == null) {
      return Optional.empty();
    }
    if (Tracker.names(id)) {
      return given.filter(issue -> issue.id().equals(id)).flatMap(issue -> url(issue, "url"));
    }
    try {
      return isKept(id) ? url(vault.get(id), Tracker.ORIGIN) : Optional.empty();
    } catch (IssueFailure e) {
      return Optional.empty(); // lists say what is wrong with it
    }
  }

  /** Returns the url of an issue of a tracker, or of the one that an issue is a copy of. */
  public Optional<String> origin(Issue issue) {
    return url(issue, Tracker.names(issue.id()) ? "url" : Tracker.ORIGIN);
  }

  private static Optional<String> url(Issue issue, String key) {
    return issue.metadata().get(key) instanceof String url ? Optional.of(url) : Optional.empty();
  }

  /** Returns whether the vault has the issue of an id, and not a file outside of it. */
  private boolean isKept(String id) {
    return vault.has(id)
        && given
            .filter(issue -> issue.id().equals(id))
            .map(issue -> isSame(issue, vault.get(id)))
            .orElse(true);
  }

  private static boolean isSame(Issue one, Issue other) {
    return one.title().equals(other.title()) || one.createdAt().equals(other.createdAt());
  }

  /**
   * Records that a pull request was opened.
   *
   * @param id the id of the issue that it is for; null for none
   * @param say receives why that could not be recorded
   */
  public void opened(@Nullable String id, String prUrl, Consumer<String> say)
      throws InterruptedException {
    try {
      if (id != null && isKept(id)) {
        vault.proposed(id, prUrl);
      }
    } catch (IssueFailure e) {
      say.accept("%s will not be resolved by %s: %s".formatted(id, prUrl, e.getMessage()));
    }
  }

  /** Resolves the open issues for which a pull request was opened that is merged now. */
  public void merged(String prUrl, Consumer<String> say) throws InterruptedException {
    for (Issue issue : vault.proposed()) {
      if (issue.status() == Issue.Status.OPEN && pullRequests(issue).contains(prUrl)) {
        try {
          vault.resolve(issue.id(), null, prUrl);
          say.accept("%s is resolved by %s".formatted(issue.id(), prUrl));
        } catch (IssueFailure e) {
          say.accept("%s is not resolved: %s".formatted(issue.id(), e.getMessage()));
        }
      }
    }
  }
}
