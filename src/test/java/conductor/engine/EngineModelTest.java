package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The engine against {@link Reference}: random trees of controls, random failures, crashes,
 * repeated retries and edits. After each process the journal must mean to the reference what it
 * means to the engine, and no work is done again that nothing superseded (laws 2 to 7).
 *
 * <p>{@code -Dengine.schedules=1000000} runs a million schedules; {@code -Dengine.seed=N} begins at
 * the seed that a failure prints. Times within a schedule stay random.
 */
@Execution(ExecutionMode.CONCURRENT)
class EngineModelTest {

  private static final int ROUNDS = 12;
  private static final Duration HANGS = Duration.ofMinutes(1);

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void theEngineDoesWhatTheReferenceSays() throws Exception {
    int schedules = Integer.getInteger("engine.schedules", 2000);
    long first = Long.getLong("engine.seed", System.nanoTime());
    for (int i = 0; i < schedules; i++) {
      new Schedule(first + i).run();
    }
  }

  /** One workflow's life. */
  private static final class Schedule {

    private final long seed;
    private final RandomGenerator random;
    private final Tree.Grower grower;
    private Tree tree;
    private Host host;

    Schedule(long seed) {
      this.seed = seed;
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.grower = new Tree.Grower(random);
      this.tree = grower.grow(4);
      this.host = new Host(new World(RandomGeneratorFactory.of("L64X128MixRandom").create(seed)));
    }

    void run() throws Exception {
      Tree.deeds(tree).stream().filter(_ -> random.nextInt(6) == 0).forEach(host.world.broken::add);
      try {
        assertTimeoutPreemptively(HANGS, this::live);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "seed %d: %s%n%s%n%s"
                .formatted(
                    seed,
                    e,
                    tree,
                    host.journal.all().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining("\n"))),
            e);
      }
    }

    private void live() throws Exception {
      for (int round = 0; round < ROUNDS && !execute(); round++) {
        goOn(round);
      }
      replay();
    }

    /**
     * One process, to its end; returns whether the run is done. Where branches share a variable
     * that was changed behind a failure, a retry is another way, and is taken as an edit is.
     */
    private boolean execute() throws Exception {
      RunResult result;
      try {
        result = host.execute(Tree.text(tree));
      } catch (Mismatch e) {
        if (!Tree.shares(tree)) {
          throw e;
        }
        host.edit(Tree.text(tree));
        result = host.execute(Tree.text(tree));
      }
      compare(result);
      return result instanceof RunResult.Done;
    }

    /** What happens to a run that failed: it is cut to before that, repaired, edited. */
    private void goOn(int round) throws Exception {
      switch (random.nextInt(round < ROUNDS / 2 ? 4 : 1)) {
        case 1 -> {
          crash();
          if (ended()) {
            retry(round);
          }
        }
        case 2 -> {
          retry(round);
          tree = grower.edited(tree);
          host.edit(Tree.text(tree));
        }
        default -> retry(round);
      }
    }

    private boolean ended() {
      return History.of(host.journal.all()).ended().isPresent();
    }

    private void retry(int round) {
      host.world.broken.removeIf(_ -> round > ROUNDS / 2 || random.nextInt(3) > 0);
      host.retry();
    }

    /** The journal, cut anywhere, goes to the same end as far as it goes. */
    private void replay() throws Exception {
      host.world.broken.clear();
      crash();
      if (!ended()) {
        execute();
      }
    }

    /** Loses the journal's end, though not the edit that made the tree what it is. */
    private void crash() {
      List<Entry> entries = host.journal.all();
      int edited = 1;
      for (int i = 0; i < entries.size(); i++) {
        edited = entries.get(i) instanceof Entry.Edited ? i + 1 : edited;
      }
      host = host.afterCrash(random.nextInt(edited, entries.size() + 1));
    }

    private void compare(RunResult result) {
      List<Entry> entries = host.journal.all();
      var history = History.of(entries);
      Set<Position> intents = effects(history, entries);
      var reference = new Reference(intents);
      Reference.Result expected = reference.of(tree, history.deliveries());
      switch (result) {
        case RunResult.Done done ->
            assertThat(expected).isEqualTo(new Reference.Result.Value((String) done.value()));
        case RunResult.Failed _ ->
            assertThat(expected)
                .isEqualTo(
                    new Reference.Result.Failed(
                        new TreeSet<>(history.ended().orElseThrow().causes())));
        case RunResult.Aborted _, RunResult.Suspended _ -> throw new AssertionError(result);
      }
      assertThat(intents).as("what was asked for").isEqualTo(reference.asked());
      assertThat(repeated(entries)).as("what was done again").isEmpty();
    }

    private static Set<Position> effects(History history, List<Entry> entries) {
      return entries.stream()
          .filter(Entry.Asked.class::isInstance)
          .filter(history::stands)
          .map(entry -> ((Entry.Asked) entry).position())
          .filter(position -> !position.isStep())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Effects that came back with a value and were asked for again though nothing came before. */
    private static List<Position> repeated(List<Entry> entries) {
      var values = new HashMap<Position, Integer>();
      var repeated = new ArrayList<Position>();
      for (int i = 0; i < entries.size(); i++) {
        switch (entries.get(i)) {
          case Entry.Replied reply when reply.outcome() instanceof Outcome.Value ->
              values.put(reply.position(), i);
          case Entry.Asked asked when values.containsKey(asked.position()) -> {
            List<Entry> since = entries.subList(values.get(asked.position()), i);
            if (since.stream().noneMatch(entry -> supersedes(entry, asked.position(), entries))) {
              repeated.add(asked.position());
            }
          }
          default -> {}
        }
      }
      return repeated;
    }

    private static boolean supersedes(Entry entry, Position position, List<Entry> entries) {
      return switch (entry) {
        case Entry.Retried retried ->
            retried.causes().stream().anyMatch(cause -> comesAfter(position, cause, 1, entries));
        case Entry.Edited edited ->
            edited.differences().stream()
                .anyMatch(cause -> comesAfter(position, cause, 0, entries));
        default -> false;
      };
    }

    /** Whether a place, or what it is in, comes after a failure or what that is in. */
    private static boolean comesAfter(
        Position position, Position cause, int first, List<Entry> entries) {
      Map<String, Integer> reached = new HashMap<>();
      climb(cause, first, entries, reached);
      for (Optional<Position> at = Optional.of(position.effect());
          at.isPresent();
          at = at.get().opener()) {
        Integer from = reached.get(at.get().branch().text());
        if (at.get().isCleanup() || (from != null && at.get().number() >= from)) {
          return true;
        }
      }
      return false;
    }

    private static void climb(
        Position at, int first, List<Entry> entries, Map<String, Integer> reached) {
      reached.merge(at.branch().text(), at.isCleanup() ? 0 : at.number() + first, Math::min);
      Optional<Position> opener = at.opener();
      if (opener.isEmpty()) {
        return;
      }
      List<Entry.Branched> controls =
          entries.stream()
              .filter(Entry.Branched.class::isInstance)
              .map(Entry.Branched.class::cast)
              .toList();
      List<Position> waits =
          controls.stream()
              .filter(control -> control.control().equals("Wait"))
              .filter(control -> control.keys().contains(opener.get().text()))
              .map(Entry.Branched::position)
              .toList();
      boolean spawned =
          controls.stream()
              .filter(control -> control.position().equals(opener.get()))
              .anyMatch(control -> control.control().equals("Spawn"));
      if (!spawned) {
        climb(opener.get(), 1, entries, reached);
      } else if (waits.isEmpty()) {
        opener.get().opener().ifPresent(above -> climb(above, 1, entries, reached));
      } else {
        waits.forEach(wait -> climb(wait, 1, entries, reached));
      }
    }
  }
}
