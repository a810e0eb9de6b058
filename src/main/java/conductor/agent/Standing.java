package conductor.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.protocol.Usage;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where an agent stands, kept for readers in {@code agents/<name>.json}. Safe for use by several
 * threads.
 */
final class Standing {

  private final Path directory;
  private final UnaryOperator<String> redact;
  private final InstantSource clock;
  private AgentRecord record;

  /**
   * @param directory the agent's
   * @param redact takes secrets out of what is written
   */
  Standing(AgentRef agent, Path directory, UnaryOperator<String> redact, InstantSource clock) {
    this.directory = directory;
    this.redact = redact;
    this.clock = clock;
    this.record = AgentRecord.begun(agent, clock.instant());
  }

  synchronized AgentRecord record() {
    return record;
  }

  /** It stands here from now on; what its turns have cost is counted anew. */
  synchronized void is(AgentStatus status, String why) {
    List<Turn> turns = Conversation.turns(directory);
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
