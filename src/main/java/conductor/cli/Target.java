package conductor.cli;

import conductor.run.record.AgentRecords;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Optional;

/** The run or agent that a command is given: {@code RUN} or {@code RUN:AGENT}. */
public record Target(String run, Optional<String> agent) {

  public static Target of(String given) {
    int colon = given.indexOf(':');
    return colon < 0
        ? new Target(given, Optional.empty())
        : new Target(given.substring(0, colon), Optional.of(given.substring(colon + 1)));
  }

  public static List<String> agents(RunDirectory run) {
    return AgentRecords.of(run).stream().map(agent -> String.valueOf(agent.get("name"))).toList();
  }

  /** Returns the full name of an agent of a run, given the name or a unique prefix of it. */
  public static String agent(RunDirectory run, String given) {
    List<String> names = agents(run);
    if (names.contains(given)) {
      return given;
    }
    var matches = names.stream().filter(name -> name.startsWith(given)).toList();
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    throw new UsageError(
        "%s has no agent '%s'; it has %s"
            .formatted(run.id(), given, names.isEmpty() ? "none" : String.join(", ", names)));
  }
}
