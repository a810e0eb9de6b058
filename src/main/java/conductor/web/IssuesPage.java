package conductor.web;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.handlers.issue.ListedIssue;
import conductor.handlers.issue.Vault;
import conductor.handlers.people.Shown;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The issues of the vault, the newest first, and each as a whole. */
final class IssuesPage {

  private static final String PATH = "/issues";
  private static final List<String> STATUSES = List.of("open", "resolved", "");

  private final RunStore store;
  private final PullRecords pulls;
  private final Vault vault;

  IssuesPage(StateDirectory state, RunStore store, PullRecords pulls) {
    this.store = store;
    this.pulls = pulls;
    this.vault = new Vault(state.issues(), new Locks(), InstantSource.system());
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  Page list(PageRequest asked) {
    String status = Lists.chosen(asked, STATUSES);
    Vault.Listed listed = vault.listed();
    List<ListedIssue> chosen =
        listed.issues().stream()
            .filter(issue -> status.isEmpty() || word(issue.status()).equals(status))
            .toList();
    var fields = Map.of("status", status.isEmpty() ? "all" : status);
    Paging paging = Paging.of(asked, PATH, fields, chosen.size());
    RunStore.Listing runs = store.list();
    PullRecords.Found found = pulls.find();
    var unreadable = new ArrayList<>(listed.problems());
    var rows = new ArrayList<Part.Row>();
    for (ListedIssue each : paging.of(chosen)) {
      try {
        Issues.Row row = row(vault.whole(each), runs.runs(), found);
        rows.add(
            new Part.Row(
                row.element(), Layout.html(out -> JteissueRowGenerated.render(out, null, row))));
      } catch (IssueFailure | UncheckedIOException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    String heads = Layout.html(out -> JteissueHeadsGenerated.render(out, null, rows.isEmpty()));
    return new Page(
        "Issues",
        "issues",
        List.of(
            Lists.head("Issues", PATH, status, STATUSES, chosen.size()),
            Lists.unreadable(Stream.concat(unreadable.stream(), runs.unreadable().stream())),
            Lists.table("issues", heads, rows),
            Lists.pager(paging)));
  }

  /** Reads the page of an issue; one that there is not is said on it. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  Page issue(String id) {
    try {
      Issue issue = vault.get(id);
      var whole =
          new Issues.Whole(
              row(issue, store.list().runs(), pulls.find()),
              issue.createdAt(),
              issue.updatedAt(),
              issue.resolvedAt(),
              Shown.of(issue.body()));
      return new Page(
          whole.row().id() + " " + whole.row().title(),
          "issues",
          List.of(
              Part.of("issue", Layout.html(out -> JteissueGenerated.render(out, null, whole)))));
    } catch (IssueFailure | UncheckedIOException e) {
      return new Page(
          "No issue",
          "issues",
          List.of(Lists.unreadable(Stream.of(String.valueOf(e.getMessage())))));
    }
  }

  private static Issues.Row row(Issue issue, List<ListedRun> all, PullRecords.Found found) {
    List<ListedRun> runs = all.stream().filter(run -> issue.id().equals(run.issue())).toList();
    return new Issues.Row(
        issue.id(),
        Shown.oneLine(issue.title()),
        word(issue.status()),
        issue.labels().stream().map(Shown::oneLine).toList(),
        runs.stream().map(RunLink::of).toList(),
        pull(issue.prUrl(), runs, found));
  }

  private static @Nullable PullLink pull(
      @Nullable String url, List<ListedRun> runs, PullRecords.Found found) {
    return Stream.concat(Stream.ofNullable(url), runs.stream().map(ListedRun::prUrl))
        .filter(Objects::nonNull)
        .findFirst()
        .map(found::link)
        .orElse(null);
  }

  private static String word(Issue.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
