package conductor.simulation;

import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.IssueFailure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A vault of issues in memory. */
final class SimulatedIssues {

  private final Map<String, Issue> issues = new LinkedHashMap<>();
  private final InstantSource clock;

  /** Returns a vault with one issue, or with none for null. */
  SimulatedIssues(@Nullable Issue first, InstantSource clock) {
    this.clock = clock;
    if (first != null) {
      issues.put(first.id(), first);
    }
  }

  Object perform(IssueEffect<?> effect) {
    return switch (effect) {
      case IssueEffect.CreateIssue create -> create(create);
      case IssueEffect.GetIssue(var id) -> get(id);
      case IssueEffect.ListIssues list -> list(list);
      case IssueEffect.ResolveIssue resolve -> resolve(resolve);
    };
  }

  private Issue create(IssueEffect.CreateIssue create) {
    String id = "ISSUE-%03d".formatted(issues.size() + 1);
    var issue =
        new Issue(
            id,
            create.title(),
            create.body(),
            Issue.Status.OPEN,
            Objects.requireNonNullElse(create.labels(), List.of()),
            clock.instant(),
            clock.instant(),
            null,
            null,
            create.metadata() == null ? Map.of() : create.metadata());
    issues.put(id, issue);
    return issue;
  }

  private Issue get(String id) {
    Issue issue = issues.get(id);
    if (issue == null) {
      throw new IssueFailure.IssueNotFound(id, "; there are " + issues.keySet());
    }
    return issue;
  }

  private List<Issue> list(IssueEffect.ListIssues list) {
    IssueEffect.Selection which =
        Objects.requireNonNullElse(list.status(), IssueEffect.Selection.OPEN);
    return issues.values().stream()
        .filter(issue ->
            which == IssueEffect.Selection.ALL || issue.status().name().equals(which.name()))
        .filter(issue -> list.labels() == null || issue.labels().containsAll(list.labels()))
        .limit(Objects.requireNonNullElse(list.limit(), Integer.MAX_VALUE))
        .toList();
  }

  private Issue resolve(IssueEffect.ResolveIssue resolve) {
    Issue before = get(resolve.issue().id());
    var resolved =
        new Issue(
            before.id(),
            before.title(),
            before.body(),
            Issue.Status.RESOLVED,
            before.labels(),
            before.createdAt(),
            clock.instant(),
            clock.instant(),
            resolve.prUrl() == null ? before.prUrl() : resolve.prUrl(),
            before.metadata());
    issues.put(resolved.id(), resolved);
    return resolved;
  }
}
