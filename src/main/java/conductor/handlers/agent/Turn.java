package conductor.handlers.agent;

import conductor.effect.AgentStatus;
import conductor.effect.AgentTurn;
import conductor.engine.handler.Key;
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
 * One prompt to an agent and how it ended: a numbered directory with {@code turn.json}, {@code
 * prompt}, {@code go-on} if it continues a failed turn, {@code schema.json} if the answer must have
 * a form, and {@code end.json} when it is over. Drivers keep their own files there too. Safe for
 * use by several threads.
 *
 * @param number its number in the conversation, counted from 1
 */
record Turn(int number, Path directory, Request request) {

  private static final String GO_ON = "go-on";

  /**
   * The origin and limits of a turn.
   *
   * @param key the key of the act that asked for it
   * @param timeout the longest time that it may take
   * @param idleTimeout the longest time without output or changed files
   * @param schema whether its answer has a schema
   */
  record Request(
      int v, String key, Instant askedAt, Duration timeout, Duration idleTimeout, boolean schema) {
    static final int FORMAT = 1;

    Request withKey(String other) {
      return new Request(v, other, askedAt, timeout, idleTimeout, schema);
    }
  }

  /** Writes a new turn's files; the prompt is the last, so that it marks a complete turn. */
  static Turn make(int number, Path agent, Request request, Turns.Text text) {
    Path directory = directory(agent, number);
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

  private static Path directory(Path agent, int number) {
    return agent.resolve("turn-" + number);
  }

  static Optional<Turn> in(int number, Path agent) {
    Path directory = directory(agent, number);
    if (!Files.exists(directory.resolve("prompt"))) {
      return Optional.empty();
    }
    var request = StateJson.read(directory.resolve("turn.json"), Request.class, Request.FORMAT);
    return Optional.of(new Turn(number, directory, request));
  }

  Path promptFile() {
    return directory.resolve("prompt");
  }

  String prompt() {
    return TextFile.read(promptFile());
  }

  /** Returns the shorter prompt for a session that remembers the failed turn. */
  Optional<String> goOn() {
    return Optional.of(directory.resolve(GO_ON)).filter(Files::exists).map(TextFile::read);
  }

  /** Returns the file of the JSON schema of the answer; empty when any text is accepted. */
  Optional<Path> schemaFile() {
    return request.schema() ? Optional.of(directory.resolve("schema.json")) : Optional.empty();
  }

  Optional<String> schema() {
    return schemaFile().map(TextFile::read);
  }

  Optional<TurnEnd> end() {
    return StateJson.find(directory.resolve("end.json"), TurnEnd.class, TurnEnd.FORMAT);
  }

  boolean over() {
    return end().isPresent();
  }

  /** Returns whether an effect asked for it, and no person's message. */
  boolean isOfEffect() {
    return !request.key().contains(":" + Key.INBOX + ":");
  }

  /** Returns what scripts are told of the turn. */
  AgentTurn described() {
    Optional<TurnEnd> end = end();
    return new AgentTurn(
        number,
        prompt(),
        end.map(TurnEnd::status).orElse(AgentStatus.RUNNING),
        end.map(how -> how.answered() ? how.answer() : how.text()).orElse(""),
        request.askedAt(),
        end.map(TurnEnd::at).orElse(null));
  }

  void end(TurnEnd end) {
    AtomicFile.write(directory.resolve("end.json"), StateJson.pretty(end));
  }
}
