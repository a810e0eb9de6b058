package conductor.web;

import conductor.handlers.people.Shown;
import conductor.journal.JournalException;
import conductor.run.record.Amounts;
import conductor.run.record.GateList;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list of runs: those that wait for a person first, then the newest; some of many at a time.
 */
final class RunsPage {

  private final StateDirectory state;
  private final RunStore store;

  RunsPage(StateDirectory state, RunStore store) {
    this.state = state;
    this.store = store;
  }

  Page read(PageRequest asked) {
    RunStore.Listing listing = store.list();
    List<ListedRun> found =
        listing.runs().stream()
            .filter(run -> matches(run, asked))
            .sorted(Comparator.comparing((ListedRun run) -> run.status() != RunStatus.BLOCKED))
            .toList();
    List<String> workflows =
        listing.runs().stream()
            .map(ListedRun::name)
            .map(Shown::oneLine)
            .distinct()
            .sorted()
            .toList();
    var fields = new LinkedHashMap<String, String>();
    List.of("status", "workflow", "text").forEach(name -> fields.put(name, asked.field(name)));
    var filter =
        new RunsShown.Filter(
            asked.field("status"),
            asked.field("workflow"),
            asked.field("text"),
            workflows,
            found.size());
    return page(filter, Paging.of(asked, "/", fields, found.size()), found, listing.unreadable());
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Page page(
      RunsShown.Filter filter, Paging paging, List<ListedRun> found, List<String> unreadable) {
    List<Part.Row> rows =
        paging.of(found).stream()
            .map(this::row)
            .map(row ->
                new Part.Row(
                    "r-" + row.id(), Layout.html(out -> JterunRowGenerated.render(out, null, row))))
            .toList();
    String heads = Layout.html(out -> JterunHeadsGenerated.render(out, null, rows.isEmpty()));
    return new Page(
        "Runs",
        "runs",
        List.of(
            Part.of("filter", Layout.html(out -> JterunFilterGenerated.render(out, null, filter))),
            Lists.unreadable(unreadable.stream()),
            Lists.table("runs", heads, rows),
            Lists.pager(paging)));
  }

  private static boolean matches(ListedRun run, PageRequest asked) {
    String text = asked.field("text").toLowerCase(Locale.ROOT);
    return (asked.field("status").isEmpty() || run.status().text().equals(asked.field("status")))
        && (asked.field("workflow").isEmpty() || run.name().equals(asked.field("workflow")))
        && (text.isEmpty()
            || Stream.of(
                    run.id(),
                    run.name(),
                    run.label(),
                    run.issue(),
                    run.line(),
                    run.repo().toString())
                .filter(Objects::nonNull)
                .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(text)));
  }

  private RunsShown.Row row(ListedRun run) {
    return new RunsShown.Row(
        run.id(),
        run.status().text(),
        Shown.oneLine(run.name()),
        line(run.label()),
        Lists.repository(run.repo()),
        run.created(),
        line(run.issue()),
        line(run.line()),
        run.status() == RunStatus.BLOCKED ? asks(run) : "",
        run.costUsd() == null ? "" : Amounts.dollars(run.costUsd()),
        run.prUrl() == null ? null : Shown.oneLine(run.prUrl()));
  }

  private String asks(ListedRun run) {
    try {
      return Shown.oneLine(GateList.brief(GateList.of(state.run(run.id()))));
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      return Shown.oneLine(String.valueOf(e.getMessage()));
    }
  }

  private static String line(@Nullable String text) {
    return text == null ? "" : Shown.oneLine(text);
  }
}
