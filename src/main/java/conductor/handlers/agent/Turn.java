package conductor.handlers.agent;

import conductor.state.AtomicFile;
import conductor.state.StateJson;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One prompt and how its turn ended: a numbered directory with {@code turn.json}, {@code prompt},
 * {@code go-on} where it goes on with one that failed, {@code schema.json} where an answer's form
 * is asked for, and {@code end.json} when it is over. What the drivers keep lies beside. Safe for
 * use by several threads.
 */
final class Turn {

  private static final String GO_ON = "go-on";

  private final int number;
  private final Path directory;
  private final Request request;

  private Turn(int number, Path directory, Request request) {
    this.number = number;
    this.directory = directory;
    this.request = request;
  }

  /**
   * Who asked for a turn, and within which limits.
   *
   * @param key what asked for it
   * @param timeout the longest it may take
   * @param idleTimeout the longest it may be silent
   */
  record Request(
      int v, String key, Instant askedAt, Duration timeout, Duration idleTimeout, boolean schema) {
    static final int FORMAT = 1;
  }

  /** Makes a turn; its prompt is the last that is written. */
  static Turn make(int number, Path directory, Request request, Turns.Text text) {
    AtomicFile.write(directory.resolve("turn.json"), StateJson.pretty(request));
    write(directory.resolve("schema.json"), text.schema());
    write(directory.resolve(GO_ON), text.goOn());
    AtomicFile.write(directory.resolve("prompt"), text.prompt());
    return new Turn(number, directory, request);
  }

  private static void write(Path file, @Nullable String text) {
    if (text != null) {
      AtomicFile.write(file, text);
    }
  }

  /** Returns where the turn of a number is in an agent's directory. */
  static Path directory(Path agent, int number) {
    return agent.resolve("turn-" + number);
  }

  /** Returns the turn of a directory; empty when there is none. */
  static Optional<Turn> in(int number, Path directory) {
    if (!Files.exists(directory.resolve("prompt"))) {
      return Optional.empty();
    }
    var request = StateJson.read(directory.resolve("turn.json"), Request.class, Request.FORMAT);
    return Optional.of(new Turn(number, directory, request));
  }

  /** Returns its place in the conversation, counted from 1. */
  int number() {
    return number;
  }

  Path directory() {
    return directory;
  }

  Request request() {
    return request;
  }

  Path promptFile() {
    return directory.resolve("prompt");
  }

  String prompt() {
    return TextFile.read(promptFile());
  }

  /** Returns what is said in a session that remembers the work; empty when that is the prompt. */
  Optional<String> goOn() {
    return Optional.of(directory.resolve(GO_ON)).filter(Files::exists).map(TextFile::read);
  }

  /** Returns the file of its answer's JSON schema; empty when any text will do. */
  Optional<Path> schemaFile() {
    return request.schema() ? Optional.of(directory.resolve("schema.json")) : Optional.empty();
  }

  /** Returns the JSON schema of its answer; empty when any text will do. */
  Optional<String> schema() {
    return schemaFile().map(TextFile::read);
  }

  /** Returns how it ended; empty when it has not. */
  Optional<TurnEnd> end() {
    return StateJson.find(directory.resolve("end.json"), TurnEnd.class, TurnEnd.FORMAT);
  }

  boolean over() {
    return end().isPresent();
  }

  /** It has ended so. */
  void end(TurnEnd end) {
    AtomicFile.write(directory.resolve("end.json"), StateJson.pretty(end));
  }
}
