package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.AgentUsage;
import conductor.handlers.agent.protocol.Usage;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an agent's {@link AgentRecord} and writes it to {@code agents/<name>.json}. Safe for use by
 * several threads.
 */
public final class AgentStatusFile {

  private final Path directory;
  private final UnaryOperator<String> redact;
  private final InstantSource clock;
  private AgentRecord record;

  /**
   * @param directory the agent's directory
   * @param redact replaces secrets in the reason of a status
   */
  AgentStatusFile(
      AgentRef agent, Path directory, UnaryOperator<String> redact, InstantSource clock) {
    this.directory = directory;
    this.redact = redact;
    this.clock = clock;
    this.record = AgentRecord.begun(agent, clock.instant());
  }

  /** Returns what each agent has used, read from the files in a run's directory of agents. */
  public static List<AgentUsage> used(Path agents) {
    return StateJson.files(agents).stream()
        .map(file -> StateJson.read(file, Used.class, 1).sum())
        .toList();
  }

  /** The part of a record that {@link #used} reads. */
  private record Used(int turns, Costs usage) {
    AgentUsage sum() {
      return new AgentUsage(
          usage.inputTokens(), usage.outputTokens(), usage.costUsd(), usage.seconds(), turns);
    }
  }

  private record Costs(
      long inputTokens, long outputTokens, @Nullable Double costUsd, double seconds) {}

  synchronized AgentRecord record() {
    return record;
  }

  /** Sets the status, sums up again what the turns have used, and writes the file. */
  synchronized void is(AgentStatus status, String why) {
    List<Turn> turns = new Turns(directory).all();
    List<TurnEnd> ends = turns.stream().map(Turn::end).flatMap(Optional::stream).toList();
    Usage usage = ends.stream().map(TurnEnd::usage).reduce(Usage.NONE, Usage::plus);
    double took = ends.stream().mapToDouble(TurnEnd::took).sum();
    record =
        record
            .with(status, redact.apply(why), clock.instant())
            .withCosts(turns.size(), took, usage);
    AtomicFile.write(
        directory.resolveSibling(directory.getFileName() + ".json"),
        StateJson.line(record.json()) + "\n");
  }
}
