package conductor.cli.command;

import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.effect.ForgeFailure.UnknownPullRequest;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.forge.project.ForgePlace;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.Git;
import conductor.handlers.issue.ProposedIssues;
import conductor.run.execution.Conductor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/**
 * The base class of commands on one pull request, of the forge of the repository or of this host.
 */
abstract class PullRequestCommand extends Subcommand {

  @Parameters(paramLabel = "NUMBER|URL", description = "the pull request, such as 12 or '#12'")
  String given = "";

  /**
   * A pull request as it stands now.
   *
   * @param forge what keeps it
   */
  record Found(Forge forge, PRHandle pr) {}

  /** Finds the pull request, or throws a usage error when there is none, or more than one. */
  Found found() throws InterruptedException {
    Conductor conductor = conductor(Map.of());
    ProjectForges forges = conductor.forges();
    Git git = forges.git(context().directory());
    List<PullRequest> kept = new PullRequests(places().state()).all();
    Optional<PullRequest> byUrl = kept.stream().filter(pr -> pr.url().equals(given)).findFirst();
    if (byUrl.isPresent()) {
      return kept(forges, byUrl.get());
    }
    boolean numbered = given.matches("#?\\d{1,9}");
    Optional<ForgePlace> hosted = numbered ? forges.hosted(git) : Optional.empty();
    if (numbered && hosted.isEmpty()) {
      return kept(forges, numbered(kept));
    }
    if (!numbered && !given.matches("(?i)https?://.*")) {
      throw new UsageError(
          "a pull request is named by its number, such as 12 or '#12', or its url, found '%s'"
              .formatted(given));
    }
    trust(conductor);
    try {
      Forge forge = forges.of(given, git, console()::say);
      return new Found(forge, forge.get(new PRReference(given)));
    } catch (UnknownPullRequest e) {
      String where = hosted.map(place -> " of " + place.about()).orElse("");
      throw new UsageError("there is no pull request " + given + where);
    }
  }

  /** Resolves the issues that a pull request was opened for, if it is merged. */
  void settled(PRHandle pr) throws InterruptedException {
    if (pr.status() == PRHandle.Status.MERGED) {
      var issues = new ProposedIssues(vault(), Optional.empty());
      issues.merged(pr.url(), console()::say);
    }
  }

  private Found kept(ProjectForges forges, PullRequest pr) throws InterruptedException {
    Forge forge = forges.of(pr.url(), forges.git(pr.repo()), console()::say);
    return new Found(forge, pr.handle());
  }

  /** Returns the one of this host with the number; that of the current repository comes first. */
  private PullRequest numbered(List<PullRequest> kept) throws InterruptedException {
    String number = given.replace("#", "");
    List<PullRequest> all =
        kept.stream().filter(pr -> String.valueOf(pr.number()).equals(number)).toList();
    Optional<Path> here = here();
    List<PullRequest> own = all.stream().filter(pr -> here.equals(Optional.of(pr.repo()))).toList();
    for (List<PullRequest> found : List.of(own, all)) {
      if (found.size() == 1) {
        return found.getFirst();
      }
    }
    throw new UsageError(
        all.isEmpty()
            ? "there is no pull request %s on this host".formatted(given)
            : "several repositories have a pull request %s; give its url:\n  %s"
                .formatted(
                    given, String.join("\n  ", all.stream().map(PullRequest::url).toList())));
  }
}
