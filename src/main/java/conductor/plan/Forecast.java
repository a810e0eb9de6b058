package conductor.plan;

import conductor.script.YieldSite;
import java.util.List;

/**
 * What a workflow would do, and whether it could.
 *
 * @param workflow its name
 * @param checks what was looked at of the environment
 * @param unforeseen places of its scripts that it did not come to with these answers
 * @param outcome how it ended with these answers: {@code done}, {@code error} or {@code endless}
 * @param message why it did not end well; empty when it did
 * @param broken whether its script is wrong, whatever the answers
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

  /** One thing that a run needs. */
  public record Check(String what, boolean ok, String detail) {}

  /** Returns whether a run could work. */
  public boolean works() {
    return !broken && checks.stream().allMatch(Check::ok);
  }
}
