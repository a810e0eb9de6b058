package conductor.plan;

import conductor.script.YieldSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of planning a workflow: what it would do, and whether a real run could work.
 *
 * @param workflow the workflow's name
 * @param turns the turns of agents that would be paid for
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
    List<Turns> turns,
    List<Check> checks,
    List<YieldSite> unforeseen,
    String outcome,
    String message,
    boolean broken) {

  public Forecast {
    turns = List.copyOf(turns);
    checks = List.copyOf(checks);
    unforeseen = List.copyOf(unforeseen);
  }

  /** What was found of one thing that a run needs. */
  public record Check(String what, boolean ok, String detail) {}

  /**
   * The number of turns of one agent.
   *
   * @param agent its type
   * @param profile null for none
   * @param model null for the program's default
   */
  public record Turns(String agent, @Nullable String profile, @Nullable String model, int turns) {

    Turns times(int number) {
      return new Turns(agent, profile, model, number);
    }
  }

  public boolean works() {
    return !broken && checks.stream().allMatch(Check::ok);
  }
}
