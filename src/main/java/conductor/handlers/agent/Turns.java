package conductor.handlers.agent;

import conductor.engine.handler.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The turns of an agent in their order: numbered directories, one for each key. Safe for use by
 * several threads.
 *
 * @param directory the agent's directory
 */
record Turns(Path directory) {

  /**
   * The texts of a turn.
   *
   * @param prompt the whole prompt
   * @param goOn a shorter prompt for a session that remembers the failed turn; null when there is
   *     none
   * @param schema the JSON schema of the answer; null when any text is accepted
   */
  record Text(String prompt, @Nullable String goOn, @Nullable String schema) {

    static Text of(String prompt) {
      return new Text(prompt, null, null);
    }
  }

  /** The time limits of a turn, and when it was asked for. */
  record Limits(Instant askedAt, Duration timeout, Duration idleTimeout) {}

  /** Returns the file that is there when the agent was stopped and runs no further turns. */
  Path stopped() {
    return directory.resolve("stopped");
  }

  List<Turn> all() {
    var turns = new ArrayList<Turn>();
    for (Optional<Turn> turn = numbered(1); turn.isPresent(); turn = numbered(turns.size() + 1)) {
      turns.add(turn.get());
    }
    return turns;
  }

  /** Returns the turn of a number, counted from 1; empty when there is none. */
  Optional<Turn> numbered(int number) {
    return Turn.in(number, directory);
  }

  List<Turn> open() {
    return all().stream().filter(turn -> !turn.over()).toList();
  }

  /** Returns the turn of a key, which is added at the end if it does not exist. */
  synchronized Turn of(Key key, Text text, Limits limits) {
    List<Turn> turns = all();
    return turns.stream()
        .filter(turn -> turn.request().key().equals(key.toString()))
        .findFirst()
        .orElseGet(() -> added(turns.size() + 1, key, text, limits));
  }

  private Turn added(int n, Key key, Text text, Limits limits) {
    var request =
        new Turn.Request(
            Turn.Request.FORMAT,
            key.toString(),
            limits.askedAt(),
            limits.timeout(),
            limits.idleTimeout(),
            text.schema() != null);
    return Turn.make(n, directory, request, text);
  }
}
