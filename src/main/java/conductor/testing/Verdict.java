package conductor.testing;

import conductor.run.record.EffectView;
import conductor.scenario.Scenario;
import java.time.Duration;
import java.util.List;

/**
 * How a scenario ended.
 *
 * @param problems what does not hold, each with its place; empty when it passed
 * @param effects what the workflow asked for, in the order of the tree
 * @param records how many records its journal has
 * @param took the time of the machine that it took
 */
public record Verdict(
    Scenario scenario,
    List<String> problems,
    List<EffectView> effects,
    int records,
    Duration took) {

  public Verdict {
    problems = List.copyOf(problems);
    effects = List.copyOf(effects);
  }

  public boolean passed() {
    return problems.isEmpty();
  }
}
