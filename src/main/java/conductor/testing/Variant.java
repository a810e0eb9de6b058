package conductor.testing;

import conductor.scenario.Rule;
import conductor.scenario.Rule.Subject;
import conductor.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is done to a scenario to see whether its workflow holds.
 *
 * @param order the seed of an order, 0 for the usual one
 * @param kills after how many records the process is killed
 * @param failures the effects that fail
 */
record Variant(long order, List<Integer> kills, List<Fault> failures) {

  /** An effect that fails, and the name of its failure. */
  record Fault(String position, String effect, String failure) {

    private Rule rule() {
      return new Rule(
          Subject.EFFECT,
          Map.of("effect", effect, "position", position),
          stage -> {
            stage.fail(failure);
            return null;
          },
          1);
    }

    private String line() {
      return "effect(position: '%s', '%s') { fail '%s' }".formatted(position, effect, failure);
    }
  }

  Variant {
    kills = List.copyOf(kills);
    failures = List.copyOf(failures);
  }

  /**
   * Returns the scenario with this done to it. Where effects fail that do not fail in the scenario,
   * what it expects need not hold; what it says of always must.
   */
  Scenario of(Scenario scenario) {
    return scenario.with(
        new Scenario.Trouble(order, kills),
        failures.stream().map(Fault::rule).toList(),
        failures.isEmpty() ? scenario.expectations() : List.of());
  }

  ScenarioRun.Check check() {
    return failures.isEmpty() ? ScenarioRun.Check.EXPECTED : ScenarioRun.Check.INVARIANTS;
  }

  /** Returns the variants in which one thing less is done. */
  List<Variant> smaller() {
    var all = new ArrayList<Variant>();
    for (Fault fault : failures) {
      all.add(new Variant(order, kills, without(failures, fault)));
    }
    for (Integer kill : kills) {
      all.add(new Variant(order, without(kills, kill), failures));
    }
    if (order != 0) {
      all.add(new Variant(0, kills, failures));
    }
    return all;
  }

  private static <T> List<T> without(List<T> all, T one) {
    return all.stream().filter(other -> !other.equals(one)).toList();
  }

  /** Returns what a scenario says to have this done to it, a line each. */
  List<String> lines() {
    return Stream.of(
            order == 0 ? Stream.<String>of() : Stream.of("order " + order),
            kills.stream().map(kill -> "kill " + kill),
            failures.stream().map(Fault::line))
        .flatMap(lines -> lines)
        .toList();
  }
}
