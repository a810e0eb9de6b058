package conductor.handlers.agent;

import conductor.effect.AgentUsage;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the turns of an agent that have ended have used, and when, for those who sum up over runs.
 * The turns that a fork or a forked session has from another agent count there.
 *
 * @param agentType the name of its program
 */
public record AgentCosts(String name, String agentType, List<Ended> turns) {

  /**
   * A turn that has ended.
   *
   * @param at when it ended
   * @param usage the cost is null where the program did not say it
   */
  public record Ended(Instant at, AgentUsage usage) {}

  /** The part of a record that says whose turns they are. */
  private record Known(String name, String agentType) {}

  /**
   * Reads an agent's turns.
   *
   * @param file its record, {@code agents/<name>.json}, which is written anew when a turn ends
   * @throws conductor.state.UnreadableState when a file of them cannot be read
   */
  public static AgentCosts of(Path file) {
    Known agent = StateJson.read(file, Known.class, 1);
    String record = file.getFileName().toString();
    Path directory = file.resolveSibling(record.substring(0, record.lastIndexOf('.')));
    int copied = Forked.of(directory).map(Forked::turns).orElse(0);
    List<Ended> turns =
        new Turns(directory)
            .all().stream()
                .skip(copied)
                .map(Turn::end)
                .flatMap(Optional::stream)
                .map(end -> new Ended(end.at(), usage(end)))
                .toList();
    return new AgentCosts(agent.name(), agent.agentType(), turns);
  }

  private static AgentUsage usage(TurnEnd end) {
    return new AgentUsage(
        end.usage().inputTokens(),
        end.usage().outputTokens(),
        end.usage().costUsd(),
        end.took(),
        1);
  }
}
