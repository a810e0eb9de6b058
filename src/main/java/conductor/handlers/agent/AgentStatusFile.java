package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentRecord.Costs;
import conductor.handlers.agent.protocol.Usage;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps an agent's {@link AgentRecord} and writes it to {@code agents/<name>.json}. Safe for use by
 * several threads.
 */
public final class AgentStatusFile {

  private final AgentRef agent;
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
    this.agent = agent;
    this.directory = directory;
    this.redact = redact;
    this.clock = clock;
    this.record =
        AgentRecord.of(agent, AgentStatus.PENDING, clock.instant(), "", 0, Costs.of(Usage.NONE, 0));
  }

  /** Returns what the agents of a run have used, given their directory. */
  public static AgentUsage used(Path agents) {
    return StateJson.files(agents).stream()
        .map(file -> StateJson.read(file, Used.class, 1))
        .map(used -> used.usage().of(used.turns()))
        .reduce(AgentUsage.NONE, AgentUsage::plus);
  }

  /** The part of a record that {@link #used} reads. */
  private record Used(int turns, Costs usage) {}

  synchronized AgentStatus status() {
    return record.status();
  }

  /** Returns the reason for the status; empty when there is none. */
  synchronized String why() {
    return Objects.requireNonNullElse(record.why(), "");
  }

  /** Sets the status, sums up again what the turns have used, and writes the file. */
  synchronized void is(AgentStatus status, String why) {
    List<Turn> turns = new Turns(directory).all();
    List<TurnEnd> ends = turns.stream().map(Turn::end).flatMap(Optional::stream).toList();
    Usage usage = ends.stream().map(TurnEnd::usage).reduce(Usage.NONE, Usage::plus);
    double took = ends.stream().mapToDouble(TurnEnd::took).sum();
    Instant since = status == record.status() ? record.since() : clock.instant();
    String reason = redact.apply(why);
    record = AgentRecord.of(agent, status, since, reason, turns.size(), Costs.of(usage, took));
    AtomicFile.write(file(), StateJson.line(record) + "\n");
  }

  private Path file() {
    return directory.resolveSibling(directory.getFileName() + ".json");
  }

  boolean isThere() {
    return Files.exists(file());
  }
}
