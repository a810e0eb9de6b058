package conductor.web;

import conductor.handlers.agent.AgentCosts;
import conductor.handlers.people.Shown;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.FileCache;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What agents have cost in the last seven days: each turn counts for the time at which it ended. An
 * agent's turns are read again only when its record has changed. Safe for use by several threads.
 */
final class MoneyPage {

  private static final int DAYS = 7;

  /** How many lines a table has. */
  private static final int MOST = 20;

  /** Of how many agents it keeps what was read. */
  private static final int AGENTS = 100_000;

  private final StateDirectory state;
  private final RunStore store;
  private final ZoneId zone;
  private final FileCache<Seen> known = new FileCache<>(AGENTS, MoneyPage::look);

  /**
   * @param zone where days begin
   */
  MoneyPage(StateDirectory state, RunStore store, ZoneId zone) {
    this.state = state;
    this.store = store;
    this.zone = zone;
  }

  /** An agent's record as it was read: its costs, or what is wrong with it. */
  private record Seen(@Nullable AgentCosts costs, String wrong) {}

  /** A turn of the last seven days, and whose it was. */
  private record Turn(ListedRun run, AgentCosts agent, AgentCosts.Ended ended) {}

  synchronized Page read() {
    Instant now = Instant.now();
    LocalDate today = LocalDate.ofInstant(now, zone);
    Instant first = today.minusDays(DAYS - 1).atStartOfDay(zone).toInstant();
    RunStore.Listing listing = store.list();
    var unreadable = new ArrayList<>(listing.unreadable());
    List<ListedRun> runs =
        listing.runs().stream()
            .filter(run -> !run.status().ended() || !run.updated().isBefore(first))
            .toList();
    List<Turn> turns =
        turns(runs, unreadable).stream()
            .filter(turn -> !turn.ended().at().isBefore(first))
            .toList();
    int working = (int) runs.stream().filter(run -> run.status() == RunStatus.RUNNING).count();
    var facts =
        new Money.Facts(
            sum(turns, now.minus(Duration.ofHours(1))),
            sum(turns, today.atStartOfDay(zone).toInstant()),
            sum(turns, first),
            working,
            silent(turns));
    return page(facts, tables(turns, today), unreadable.stream());
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page page(Money.Facts facts, List<Money.Table> tables, Stream<String> unreadable) {
    var parts = new ArrayList<Part>();
    parts.add(Part.of("head", Layout.html(out -> JtemoneyHeadGenerated.render(out, null, facts))));
    parts.add(Lists.unreadable(unreadable));
    for (Money.Table table : tables) {
      parts.add(
          Part.of(
              table.element(),
              Layout.html(out -> JtemoneyTableGenerated.render(out, null, table))));
    }
    return new Page("Money", "money", parts);
  }

  private List<Turn> turns(List<ListedRun> runs, List<String> unreadable) {
    var turns = new ArrayList<Turn>();
    for (ListedRun run : runs) {
      for (Path file : StateJson.files(state.run(run.id()).agents())) {
        Seen seen = known.of(file);
        AgentCosts costs = seen.costs();
        if (costs == null) {
          unreadable.add(seen.wrong());
        } else {
          costs.turns().forEach(ended -> turns.add(new Turn(run, costs, ended)));
        }
      }
    }
    return turns;
  }

  private static Seen look(Path file) {
    try {
      return new Seen(AgentCosts.of(file), "");
    } catch (UnreadableState | UncheckedIOException e) {
      return new Seen(null, String.valueOf(e.getMessage()));
    }
  }

  private static Money.Sum sum(List<Turn> turns, Instant since) {
    Money.Sum sum = Money.Sum.NONE;
    for (Turn turn : turns) {
      if (!turn.ended().at().isBefore(since)) {
        sum = sum.plus(turn.ended().usage());
      }
    }
    return sum;
  }

  private static List<String> silent(List<Turn> turns) {
    var silent = new TreeMap<String, Integer>();
    for (Turn turn : turns) {
      if (turn.ended().usage().costUsd() == null) {
        silent.merge(Shown.oneLine(turn.agent().agentType()), 1, Integer::sum);
      }
    }
    return silent.entrySet().stream()
        .map(program ->
            program.getKey()
                + " of "
                + program.getValue()
                + (program.getValue() == 1 ? " turn" : " turns"))
        .toList();
  }

  private List<Money.Table> tables(List<Turn> turns, LocalDate today) {
    return List.of(
        days(turns, today),
        table("runs", "Runs", "Run", turns, turn -> turn.run().id()),
        table("programs", "Agent types", "Agent type", turns, turn -> turn.agent().agentType()),
        table("names", "Agents by name", "Name", turns, turn -> turn.agent().name()));
  }

  private Money.Table days(List<Turn> turns, LocalDate today) {
    var days = new LinkedHashMap<String, Money.Sum>();
    for (int ago = 0; ago < DAYS; ago++) {
      days.put(today.minusDays(ago).toString(), Money.Sum.NONE);
    }
    for (Turn turn : turns) {
      days.computeIfPresent(
          LocalDate.ofInstant(turn.ended().at(), zone).toString(),
          (_, sum) -> sum.plus(turn.ended().usage()));
    }
    List<Money.Line> lines =
        days.entrySet().stream()
            .filter(day -> day.getValue().used().turns() > 0)
            .map(day -> new Money.Line(day.getKey(), null, day.getValue()))
            .toList();
    return new Money.Table("days", "Days", "Day", lines, 0);
  }

  /** Sums up by what a turn belongs to; the most expensive first. */
  private static Money.Table table(
      String element, String title, String head, List<Turn> turns, Function<Turn, String> of) {
    var sums = new LinkedHashMap<String, Money.Sum>();
    var runs = new HashMap<String, RunLink>();
    for (Turn turn : turns) {
      String name = of.apply(turn);
      sums.merge(
          name,
          Money.Sum.NONE.plus(turn.ended().usage()),
          (sum, _) -> sum.plus(turn.ended().usage()));
      if (name.equals(turn.run().id())) {
        runs.computeIfAbsent(name, _ -> RunLink.of(turn.run()));
      }
    }
    List<Money.Line> lines =
        sums.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, Money.Sum> sum) -> -sum.getValue().dollars())
                    .thenComparingLong(sum ->
                        -sum.getValue().used().inputTokens() - sum.getValue().used().outputTokens())
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST)
            .map(sum ->
                new Money.Line(Shown.oneLine(sum.getKey()), runs.get(sum.getKey()), sum.getValue()))
            .toList();
    return new Money.Table(element, title, head, lines, sums.size() - lines.size());
  }
}
