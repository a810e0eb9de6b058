package conductor.plan;

import conductor.script.YieldSite;
import java.util.List;

/**
 * The result of planning a workflow: what it would do, and whether a real run could work.
 *
 * @param workflow the workflow's name
 * @param checks the things of the environment that were looked at
 * @param unforeseen the places of its scripts that it did not reach with these answers
 * @param outcome how the plan ended with these answers: {@code done}, {@code error} or {@code
 *     endless}
 * @param message why it did not end well; empty when it did
 * @param broken whether the script is wrong, whatever the answers
 */
public record Forecast(
    String workflow,
    Plan plan,
    List<Check> checks,
    List<YieldSite> unforeseen,
    String outcome,
    String message,
    boolean broken) {

  public Forecast {
    checks = List.copyOf(checks);
    unforeseen = List.copyOf(unforeseen);
  }

  /** What was found of one thing that a run needs. */
  public record Check(String what, boolean ok, String detail) {}

  public boolean works() {
    return !broken && checks.stream().allMatch(Check::ok);
  }
}
