package conductor.run;

import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What other processes tell a run's owner: a file each, made exclusively, so that of two answers to
 * one question the first wins. Files stay until the owner has journaled what they say.
 */
public final class Inbox {

  private static final int FORMAT = 1;
  private static final String SUFFIX = ".json";

  private final Path directory;

  public Inbox(RunDirectory run) {
    this.directory = run.inbox();
  }

  /**
   * One thing told.
   *
   * @param kind {@code stop}, {@code answer}, {@code send}, {@code cancel-agent} or {@code
   *     stop-agent}
   * @param to a gate's position or an agent's name; null for the run itself
   */
  public record Letter(
      int v, String id, String kind, @Nullable String to, @Nullable String text, Instant at) {}

  /** Asks the owner to stop the run. Asking again changes nothing. */
  public void stop(String reason, Instant at) {
    post(new Letter(FORMAT, "stop", "stop", null, reason, at));
  }

  /**
   * Answers a gate.
   *
   * @param gate its position, or {@code <agent>:<n>} for a question of an agent
   * @return whether this is the first answer
   */
  public boolean answer(String gate, String text, Instant at) {
    String id = "answer-" + fileName(gate);
    return post(new Letter(FORMAT, id, "answer", gate, text, at));
  }

  /** Says something to an agent. */
  public String send(String agent, String text, Instant at) {
    String id = "send-%020d-%s".formatted(at.toEpochMilli(), UUID.randomUUID());
    post(new Letter(FORMAT, id, "send", agent, text, at));
    return id;
  }

  /** Asks the owner to cancel the turn that an agent is in. */
  public void cancelAgent(String agent, Instant at) {
    String id = "cancel-agent-" + FileName.of(agent) + "-" + UUID.randomUUID();
    post(new Letter(FORMAT, id, "cancel-agent", agent, null, at));
  }

  /** Asks the owner to stop one agent. */
  public void stopAgent(String agent, Instant at) {
    post(new Letter(FORMAT, "stop-agent-" + FileName.of(agent), "stop-agent", agent, null, at));
  }

  /** The letters that lie there, in order of their names. */
  public List<Letter> letters() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(Inbox::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The answer to a gate that lies there. */
  public Optional<Letter> answerTo(String gate) {
    return read(directory.resolve("answer-" + fileName(gate) + SUFFIX));
  }

  /** Empty for a letter that its reader has done with meanwhile. */
  private static Optional<Letter> read(Path file) {
    return StateJson.find(file, Letter.class, FORMAT);
  }

  /** What a letter said was journaled, or is void. */
  public void done(Letter letter) {
    try {
      Files.deleteIfExists(directory.resolve(letter.id() + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete from " + directory + ": " + e.getMessage(), e);
    }
  }

  private boolean post(Letter letter) {
    return AtomicFile.create(directory.resolve(letter.id() + SUFFIX), StateJson.pretty(letter));
  }

  private static String fileName(String gate) {
    return gate.replaceAll("[^A-Za-z0-9.-]", "_");
  }
}
