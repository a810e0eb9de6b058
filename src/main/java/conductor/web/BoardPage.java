package conductor.web;

import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.issue.ListedIssue;
import conductor.handlers.issue.Vault;
import conductor.handlers.people.Shown;
import conductor.journal.JournalException;
import conductor.run.record.Amounts;
import conductor.run.record.GateList;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The board: runs by what a person has to do about them. Of those that have ended it reads the
 * index and never a journal, and of those that have failed their record.
 */
final class BoardPage {

  /** For how long a run that is done stays. */
  private static final Duration RECENT = Duration.ofDays(7);

  /** How many runs of a kind are shown, the newest. */
  private static final int MOST = 50;

  /** How much of a question is shown, in characters. */
  private static final int QUESTION = 600;

  private final StateDirectory state;
  private final RunStore store;
  private final PullRecords pulls;
  private final Vault vault;

  BoardPage(StateDirectory state, RunStore store, PullRecords pulls) {
    this.state = state;
    this.store = store;
    this.pulls = pulls;
    this.vault = new Vault(state.issues(), new Locks(), InstantSource.system());
  }

  /** A run and its pull request, if it has one. */
  private record Sorted(ListedRun run, @Nullable PullLink pull) {}

  private record Place(Path repository, @Nullable String issue) {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  Page read() {
    RunStore.Listing listing = store.list();
    PullRecords.Found found = pulls.find();
    Map<Board.Kind, List<Sorted>> sorted = sorted(listing.runs(), found);
    Map<String, String> titles = titles(sorted);
    var parts = new ArrayList<Part>();
    parts.add(Part.of("head", "<header id=\"head\" class=\"board\"><h1>Board</h1></header>"));
    parts.add(
        Lists.unreadable(
            Stream.concat(listing.unreadable().stream(), found.unreadable().stream())));
    for (Board.Kind kind : Board.Kind.values()) {
      Board.Lane lane = lane(kind, sorted.getOrDefault(kind, List.of()), titles);
      parts.add(
          Part.of(
              lane.element(), Layout.html(out -> JteboardLaneGenerated.render(out, null, lane))));
    }
    int waiting = sorted.getOrDefault(Board.Kind.WAITS, List.of()).size();
    return new Page(waiting == 0 ? "Board" : "(" + waiting + ") Board", "board", parts);
  }

  private static Map<Board.Kind, List<Sorted>> sorted(
      List<ListedRun> runs, PullRecords.Found found) {
    Map<String, PullLink> open = open(found);
    Instant since = Instant.now().minus(RECENT);
    var sorted = new EnumMap<Board.Kind, List<Sorted>>(Board.Kind.class);
    for (ListedRun run : runs) {
      PullLink proposed = open.get(run.id());
      boolean over = run.status() == RunStatus.DONE || run.status() == RunStatus.ABORTED;
      if (!over || run.updated().isAfter(since) || proposed != null) {
        PullLink pull =
            proposed != null || run.prUrl() == null ? proposed : found.link(run.prUrl());
        sorted
            .computeIfAbsent(kind(run.status(), pull), _ -> new ArrayList<>())
            .add(new Sorted(run, pull));
      }
    }
    return sorted;
  }

  /** Returns an open pull request of each run that has one on this host. */
  private static Map<String, PullLink> open(PullRecords.Found found) {
    var open = new HashMap<String, PullLink>();
    for (PullRequest pull : found.byUrl().values()) {
      PullLink link = found.link(pull.url());
      if (link.isOpen()) {
        PullRecords.run(pull).ifPresent(run -> open.put(run, link));
      }
    }
    return open;
  }

  /** A pull request at a forge counts as open: no record tells that it is not. */
  private static Board.Kind kind(RunStatus status, @Nullable PullLink pull) {
    return switch (status) {
      case BLOCKED, INTERRUPTED -> Board.Kind.WAITS;
      case PENDING, RUNNING -> Board.Kind.WORKS;
      case ERROR -> Board.Kind.FAILED;
      case ABORTED -> Board.Kind.DONE;
      case DONE ->
          pull != null && (pull.isOpen() || pull.leadsAway()) ? Board.Kind.READY : Board.Kind.DONE;
    };
  }

  /** Returns the titles of the vault's issues, where a run has one at all. */
  private Map<String, String> titles(Map<Board.Kind, List<Sorted>> sorted) {
    boolean any =
        sorted.values().stream().flatMap(List::stream).anyMatch(each -> each.run().issue() != null);
    return any
        ? vault.listed().issues().stream()
            .collect(Collectors.toMap(ListedIssue::id, ListedIssue::title, (first, _) -> first))
        : Map.of();
  }

  private Board.Lane lane(Board.Kind kind, List<Sorted> runs, Map<String, String> titles) {
    List<Sorted> newest = runs.stream().limit(MOST).toList();
    var places = new LinkedHashMap<Place, List<Board.Card>>();
    for (Sorted each : newest) {
      places
          .computeIfAbsent(new Place(each.run().repo(), each.run().issue()), _ -> new ArrayList<>())
          .add(card(each));
    }
    List<Board.Group> groups =
        places.entrySet().stream()
            .map(place -> group(place.getKey(), place.getValue(), titles))
            .toList();
    return new Board.Lane(kind, runs.size(), groups, newest.size());
  }

  private static Board.Group group(
      Place place, List<Board.Card> cards, Map<String, String> titles) {
    String issue = Objects.requireNonNullElse(place.issue(), "");
    return new Board.Group(
        Lists.repository(place.repository()),
        Shown.oneLine(issue),
        Shown.oneLine(titles.getOrDefault(issue, "")),
        cards);
  }

  private Board.Card card(Sorted sorted) {
    ListedRun run = sorted.run();
    String label = run.label();
    Double cost = run.costUsd();
    return new Board.Card(
        run.id(),
        Shown.oneLine(label == null ? run.name() : label),
        label == null ? "" : Shown.oneLine(run.name()),
        run.status().text(),
        Shown.oneLine(run.status() == RunStatus.ERROR ? error(run) : line(run)),
        run.created(),
        cost == null ? "" : Amounts.dollars(cost),
        run.status() == RunStatus.BLOCKED ? asks(run) : List.of(),
        sorted.pull());
  }

  private static String line(ListedRun run) {
    return Objects.requireNonNullElse(run.line(), "");
  }

  /** Returns the first line of why a run failed, which no index has. */
  private String error(ListedRun run) {
    try {
      return Objects.requireNonNullElse(store.meta(run).error(), "")
          .lines()
          .filter(line -> !line.isBlank())
          .findFirst()
          .orElse(line(run));
    } catch (UnreadableState | UncheckedIOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private List<String> asks(ListedRun run) {
    try {
      return GateList.of(state.run(run.id())).stream()
          .map(gate -> Shown.of(gate.prompt()))
          .map(text -> text.length() > QUESTION ? text.substring(0, QUESTION) + "…" : text)
          .toList();
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      return List.of(Shown.oneLine(String.valueOf(e.getMessage())));
    }
  }
}
