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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list of runs: those that wait for a person first, then the newest; some of many at a time.
 */
final class RunsPage {

  /** How many runs a page shows. */
  static final int SIZE = 50;

  private final StateDirectory state;
  private final RunStore store;

  RunsPage(StateDirectory state) {
    this.state = state;
    this.store = new RunStore(state);
  }

  Page read(Request asked) {
    RunStore.Listing listing = store.list();
    List<ListedRun> found =
        listing.runs().stream()
            .filter(run -> matches(run, asked))
            .sorted(Comparator.comparing((ListedRun run) -> run.status() != RunStatus.BLOCKED))
            .toList();
    int page = Math.min(asked.number("page"), (found.size() + SIZE - 1) / SIZE);
    List<RunsShown.Row> rows =
        found.stream()
            .skip((long) Math.max(0, page - 1) * SIZE)
            .limit(SIZE)
            .map(this::row)
            .toList();
    List<String> workflows =
        listing.runs().stream()
            .map(ListedRun::name)
            .map(Shown::oneLine)
            .distinct()
            .sorted()
            .toList();
    var filter =
        new RunsShown.Filter(
            asked.field("status"),
            asked.field("workflow"),
            asked.field("text"),
            workflows,
            found.size(),
            page > 1 ? address(asked, page - 1) : "",
            page * SIZE < found.size() ? address(asked, page + 1) : "");
    return page(filter, rows, listing.unreadable().stream().map(Shown::oneLine).toList());
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page page(
      RunsShown.Filter filter, List<RunsShown.Row> rows, List<String> unreadable) {
    List<Part.Row> lines =
        rows.stream()
            .map(row ->
                new Part.Row(
                    "r-" + row.id(), Layout.html(out -> JterunRowGenerated.render(out, null, row))))
            .toList();
    String heads = Layout.html(out -> JterunHeadsGenerated.render(out, null, rows.isEmpty()));
    int end = heads.indexOf("</tbody>");
    return new Page(
        "Runs",
        "runs",
        List.of(
            Part.of("filter", Layout.html(out -> JterunFilterGenerated.render(out, null, filter))),
            Part.of(
                "unreadable",
                Layout.html(out -> JteunreadableGenerated.render(out, null, unreadable))),
            new Part("runs", heads.substring(0, end), lines, heads.substring(end)),
            Part.of("pager", Layout.html(out -> JtepagerGenerated.render(out, null, filter)))));
  }

  private static boolean matches(ListedRun run, Request asked) {
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

  private static String address(Request asked, int page) {
    var query = new ArrayList<String>();
    for (String name : List.of("status", "workflow", "text")) {
      if (!asked.field(name).isEmpty()) {
        query.add(name + "=" + URLEncoder.encode(asked.field(name), StandardCharsets.UTF_8));
      }
    }
    query.add("page=" + page);
    return "/?" + String.join("&", query);
  }

  private RunsShown.Row row(ListedRun run) {
    return new RunsShown.Row(
        run.id(),
        run.status().text(),
        Shown.oneLine(run.name()),
        line(run.label()),
        Shown.oneLine(Objects.toString(run.repo().getFileName(), "")),
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
