package conductor.testing;

import conductor.run.record.EffectView;
import conductor.scenario.Scenario;
import conductor.testing.Variant.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for trouble in which a scenario does not hold: other orders of replies, kills of the
 * process at any record, and, where the scenario says what always holds, failures of effects. What
 * is found is made smaller until each part of it is needed. The same seed tries the same.
 */
final class Exploration {

  private static final int MOST_KILLS = 2;
  private static final int MOST_FAILURES = 2;
  private static final int ORDERS = 1_000_000;

  /** The failures that effects meet, by name of the effect, that workflows have to reckon with. */
  private static final Map<String, List<String>> FAILURES =
      Map.ofEntries(
          Map.entry("CreateWorktree", List.of("WorktreeNotReady", "SetupFailed")),
          Map.entry("MergeBranches", List.of("MergeConflict")),
          Map.entry("RunAgent", List.of("AgentFailed", "AgentTimeout", "RateLimited")),
          Map.entry("SendMessage", List.of("AgentFailed", "AgentTimeout")),
          Map.entry("WaitForStatus", List.of("AgentEnded", "StatusTimeout")),
          Map.entry("Exec", List.of("ExecTimeout")),
          Map.entry("Verify", List.of("NotVerified")),
          Map.entry("Push", List.of("PushRejected")),
          Map.entry("CreatePR", List.of("ForgeUnreachable", "ForgeRefused")),
          Map.entry("MergePR", List.of("NotMergeable", "ForgeUnreachable")),
          Map.entry("CommentPR", List.of("ForgeUnreachable")),
          Map.entry("WaitForChecks", List.of("ChecksFailed", "ForgeTimeout")),
          Map.entry("WaitForReview", List.of("ForgeTimeout")),
          Map.entry("Ask", List.of("GateTimeout")));

  private final Runs runs;
  private final int times;
  private final long seed;

  /** Runs a scenario and says how it ended. */
  interface Runs {
    Verdict of(Scenario scenario, ScenarioRun.Check check) throws InterruptedException;
  }

  Exploration(Runs runs, int times, long seed) {
    this.runs = runs;
    this.times = times;
    this.seed = seed;
  }

  /**
   * Returns the verdict on a scenario that holds as it is: that of the first variant in which it
   * does not.
   */
  Verdict of(Scenario scenario, Verdict plain) throws InterruptedException {
    List<EffectView> effects =
        plain.effects().stream().filter(effect -> FAILURES.containsKey(effect.effect())).toList();
    for (int n = 0; n < times; n++) {
      Variant variant = variant(new Random(seed + n), scenario, plain.records(), effects);
      Verdict verdict = runs.of(variant.of(scenario), variant.check());
      if (!verdict.passed()) {
        return found(scenario, variant, verdict, n);
      }
    }
    return plain;
  }

  private static Variant variant(
      Random random, Scenario scenario, int records, List<EffectView> effects) {
    boolean fails = !scenario.invariants().isEmpty() && !effects.isEmpty() && random.nextBoolean();
    List<Fault> failures =
        IntStream.range(0, fails ? 1 + random.nextInt(MOST_FAILURES) : 0)
            .mapToObj(_ -> fault(random, effects))
            .distinct()
            .toList();
    List<Integer> kills =
        IntStream.range(0, random.nextInt(MOST_KILLS + 1))
            .mapToObj(_ -> 1 + random.nextInt(Math.max(1, records)))
            .sorted()
            .distinct()
            .toList();
    return new Variant(random.nextInt(ORDERS), kills, failures);
  }

  private static Fault fault(Random random, List<EffectView> effects) {
    EffectView effect = effects.get(random.nextInt(effects.size()));
    List<String> failures = FAILURES.getOrDefault(effect.effect(), List.of());
    return new Fault(
        effect.position(), effect.effect(), failures.get(random.nextInt(failures.size())));
  }

  /** Leaves out of a variant what is not needed, and tells what is left. */
  private Verdict found(Scenario scenario, Variant variant, Verdict verdict, int n)
      throws InterruptedException {
    Variant smallest = variant;
    Verdict last = verdict;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Variant less : smallest.smaller()) {
        Verdict still = runs.of(less.of(scenario), less.check());
        if (!still.passed()) {
          smallest = less;
          last = still;
          smaller = true;
          break;
        }
      }
    }
    var problems = new ArrayList<>(last.problems());
    String lines =
        Stream.concat(
                Stream.of(
                    "found by --explore with --seed %d as variant %d; these lines show it:"
                        .formatted(seed, n + 1)),
                smallest.lines().stream().map(line -> "    " + line))
            .collect(Collectors.joining("\n"));
    problems.add(lines);
    return new Verdict(scenario, problems, last.effects(), last.records(), verdict.took());
  }
}
