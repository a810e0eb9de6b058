package conductor.issue;

import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.IssueEffect.CreateIssue;
import conductor.effect.IssueEffect.ListIssues;
import conductor.effect.IssueEffect.ResolveIssue;
import conductor.effect.IssueEffect.Selection;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.handler.Handler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Creates, reads and resolves issues of the vault. */
public final class IssueHandler implements Handler<IssueEffect<?>> {

  private final Vault vault;

  public IssueHandler(Vault vault) {
    this.vault = vault;
  }

  @Override
  public Act<?> act(IssueEffect<?> effect) {
    return switch (effect) {
      case CreateIssue create ->
          Act.adoptable(
              call -> created(create, call),
              call -> {
                Optional<Issue> found = vault.byKey(call.key().toString());
                return found.isPresent() ? found.get() : created(create, call);
              });
      case ListIssues list -> Act.repeatable(call -> listed(list, call));
      case IssueEffect.GetIssue get -> Act.repeatable(call -> vault.get(get.id()));
      case ResolveIssue resolve -> {
        Act.Work<Issue> work =
            call -> vault.resolve(resolve.issue().id(), resolve.result(), resolve.prUrl());
        yield Act.adoptable(work, work);
      }
    };
  }

  private Issue created(CreateIssue create, Call call) throws InterruptedException {
    return vault.create(
        create.title(),
        create.body(),
        Objects.requireNonNullElse(create.labels(), List.of()),
        Objects.requireNonNullElse(create.metadata(), Map.of()),
        call.key().toString());
  }

  private List<Issue> listed(ListIssues list, Call call) {
    Vault.Listing all = vault.all();
    all.problems().forEach(call::say);
    return select(all.issues(), Objects.requireNonNullElse(list.status(), Selection.OPEN)).stream()
        .filter(issue -> list.labels() == null || issue.labels().containsAll(list.labels()))
        .limit(list.limit() == null ? Long.MAX_VALUE : list.limit())
        .toList();
  }

  /** The issues that a selection means. */
  public static List<Issue> select(List<Issue> issues, Selection selection) {
    return issues.stream()
        .filter(issue ->
            switch (selection) {
              case OPEN -> issue.status() == Issue.Status.OPEN;
              case RESOLVED -> issue.status() == Issue.Status.RESOLVED;
              case ALL -> true;
            })
        .toList();
  }
}
