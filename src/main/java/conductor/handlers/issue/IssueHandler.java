package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.IssueEffect.CreateIssue;
import conductor.effect.IssueEffect.ListIssues;
import conductor.effect.IssueEffect.ResolveIssue;
import conductor.effect.IssueEffect.Selection;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Handles the issue effects: creates, lists, reads and resolves issues of the vault, and reads and
 * resolves those of a tracker.
 */
public final class IssueHandler implements Handler<IssueEffect<?>> {

  private final Vault vault;
  private final Tracker tracker;

  public IssueHandler(Vault vault, Tracker tracker) {
    this.vault = vault;
    this.tracker = tracker;
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
      case IssueEffect.GetIssue get -> Act.repeatable(call -> read(get.id(), call));
      case ResolveIssue resolve -> Act.adoptable(call -> resolved(resolve, call));
    };
  }

  private Issue read(String id, Call call) throws InterruptedException {
    return Tracker.names(id) ? tracker.read(id, waiting(call)) : vault.get(id);
  }

  private static Consumer<String> waiting(Call call) {
    return line -> {
      call.stillRunning();
      call.say(line);
    };
  }

  /** Resolves an issue where it is kept; an imported issue is resolved also at its origin. */
  private Issue resolved(ResolveIssue resolve, Call call) throws InterruptedException {
    Issue issue = resolve.issue();
    boolean elsewhere = Tracker.names(issue.id());
    Object origin = issue.metadata().get(elsewhere ? "url" : Tracker.ORIGIN);
    Issue there = issue;
    if (origin instanceof String url) {
      there = tracker.resolve(url, resolve.result(), resolve.prUrl(), call.key(), waiting(call));
    }
    return elsewhere ? there : vault.resolve(issue.id(), resolve.result(), resolve.prUrl());
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

  private static List<Issue> select(List<Issue> issues, Selection selection) {
    return issues.stream().filter(issue -> isSelected(issue.status(), selection)).toList();
  }

  public static boolean isSelected(Issue.Status status, Selection selection) {
    return switch (selection) {
      case OPEN -> status == Issue.Status.OPEN;
      case RESOLVED -> status == Issue.Status.RESOLVED;
      case ALL -> true;
    };
  }
}
