package conductor.run.record;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of other processes to a run's owner. Each is a file, created exclusively, so that of
 * two answers to one question the first wins. A file stays until the owner has journaled its
 * contents; an answer stays until the run ends.
 */
public final class Inbox {

  private static final int FORMAT = 1;
  private static final String SUFFIX = ".json";

  private final Path directory;

  public Inbox(RunDirectory run) {
    this.directory = run.inbox();
  }

  /**
   * A message.
   *
   * @param v the format
   * @param kind {@code stop}, {@code answer}, {@code send}, {@code cancel-agent} or {@code
   *     stop-agent}
   * @param to a gate's position or an agent's name; null for the run itself
   * @param by who answers; null where no note says why
   * @param note why the answer is what it is; null for none
   */
  public record Letter(
      int v,
      String id,
      String kind,
      @Nullable String to,
      @Nullable String text,
      Instant at,
      @Nullable String by,
      @Nullable String note) {

    Letter(String id, String kind, @Nullable String to, @Nullable String text, Instant at) {
      this(FORMAT, id, kind, to, text, at, null, null);
    }
  }

  /** Why an answer is what it is, and who says so. */
  public record Remark(String by, String why) {}

  /** Asks the owner to stop the run. Asking again changes nothing. */
  public void stop(String reason, Instant at) {
    post(new Letter("stop", "stop", null, reason, at));
  }

  /**
   * Answers a gate. The file stays after the owner has read it, so that a gate has one answer
   * however many come.
   *
   * @param gate its position, or {@code <agent>:<n>} for a question of an agent
   * @param remark kept beside the answer; empty for none
   * @return the earlier answer; empty when this is the first
   */
  public Optional<Letter> answer(String gate, String text, Instant at, Optional<Remark> remark) {
    String id = "answer-" + FileName.of(gate);
    String by = remark.map(Remark::by).orElse(null);
    String why = remark.map(Remark::why).orElse(null);
    var letter = new Letter(FORMAT, id, "answer", gate, text, at, by, why);
    return post(letter) ? Optional.empty() : Optional.of(answerTo(gate).orElse(letter));
  }

  /** Sends text to an agent and returns the message's id. */
  public String send(String agent, String text, Instant at) {
    String id = "send-%020d-%s".formatted(at.toEpochMilli(), UUID.randomUUID());
    post(new Letter(id, "send", agent, text, at));
    return id;
  }

  /** Asks the owner to cancel an agent's current turn. */
  public void cancelAgent(String agent, Instant at) {
    String id = "cancel-agent-" + FileName.of(agent) + "-" + UUID.randomUUID();
    post(new Letter(id, "cancel-agent", agent, null, at));
  }

  public void stopAgent(String agent, Instant at) {
    post(new Letter("stop-agent-" + FileName.of(agent), "stop-agent", agent, null, at));
  }

  /** Returns the messages in order of their file names, without those that cannot be read. */
  public List<Letter> letters() {
    return letters((_, _) -> {});
  }

  /** Returns the messages by file name; sets unreadable ones aside, with a line each. */
  List<Letter> letters(Consumer<String> onTrouble) {
    return letters((name, error) -> onTrouble.accept(setAside(name, error)));
  }

  private List<Letter> letters(BiConsumer<String, String> onUnreadable) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(file -> readable(file, onUnreadable))
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }

  private static Optional<Letter> readable(Path file, BiConsumer<String, String> onUnreadable) {
    try {
      return read(file);
    } catch (UnreadableState | UncheckedIOException e) {
      String name = file.getFileName().toString();
      onUnreadable.accept(
          name.substring(0, name.length() - SUFFIX.length()), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Renames a message's file so that it is not read again; returns what was done and why. */
  String setAside(String id, String reason) {
    Path letter = directory.resolve(id + SUFFIX);
    Path aside = directory.resolve(id + SUFFIX + ".bad");
    try {
      Files.move(letter, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      return reason; // its reader has already processed it
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + letter + ": " + Reason.of(e), e);
    }
    return "%s; the letter was set aside as %s".formatted(reason, aside);
  }

  /**
   * Returns the answer to a gate; empty when there is none.
   *
   * @throws UnreadableState when it cannot be read
   */
  public Optional<Letter> answerTo(String gate) {
    return read(directory.resolve("answer-" + FileName.of(gate) + SUFFIX));
  }

  /** Returns the answer to a gate; empty when there is none or it cannot be read. */
  Optional<Letter> readableAnswerTo(String gate) {
    return readable(directory.resolve("answer-" + FileName.of(gate) + SUFFIX), (_, _) -> {});
  }

  /** Reads a message; empty when its reader has processed it meanwhile. */
  private static Optional<Letter> read(Path file) {
    return StateJson.find(file, Letter.class, FORMAT);
  }

  /** Deletes a message that was journaled or no longer matters. */
  public void done(Letter letter) {
    try {
      Files.deleteIfExists(directory.resolve(letter.id() + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete from " + directory + ": " + Reason.of(e), e);
    }
  }

  private boolean post(Letter letter) {
    return AtomicFile.create(directory.resolve(letter.id() + SUFFIX), StateJson.pretty(letter));
  }
}
