package conductor.handlers.agent;

import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The count of attempts at a turn in a session: a turn is attempted again when its process is gone,
 * or when its vendor is overloaded or limits the rate. Written to {@code attempts.json} before each
 * attempt begins.
 *
 * @param number the number of the attempt, counted from 1
 * @param lost how many attempts ended because the process was gone
 * @param refused how many attempts the vendor refused as overloaded or rate limited
 * @param notBefore when this attempt may begin; null for at once
 * @param why the reason for waiting, to be shown; null when it does not wait
 * @param begun when its prompt was sent; null when it was not yet
 */
record Attempts(
    int v,
    int number,
    int lost,
    int refused,
    @Nullable Instant notBefore,
    @Nullable String why,
    @Nullable Instant begun) {

  private static final int FORMAT = 1;

  static Attempts of(Turn turn) {
    return StateJson.find(file(turn), Attempts.class, FORMAT)
        .orElseGet(() -> new Attempts(FORMAT, 1, 0, 0, null, null, null));
  }

  private static Path file(Turn turn) {
    return turn.directory().resolve("attempts.json");
  }

  /** Returns the id of this attempt's prompt in a session, {@code TURN.ATTEMPT}. */
  String prompt(Turn turn) {
    return turn.number() + "." + number;
  }

  static int turnOf(String prompt) {
    return Integer.parseInt(prompt.substring(0, prompt.indexOf('.')));
  }

  Attempts afterLoss() {
    return new Attempts(v, number + 1, lost + 1, refused, null, null, null);
  }

  /** Returns the next attempt after a message came too late for the turn that it should join. */
  Attempts afterMiss() {
    return new Attempts(v, number + 1, lost, refused, null, null, null);
  }

  Attempts afterRefusal(Instant notBefore, String why) {
    return new Attempts(v, number + 1, lost, refused + 1, notBefore, why, null);
  }

  Attempts begunAt(Instant at) {
    return new Attempts(v, number, lost, refused, notBefore, why, at);
  }

  Attempts keptFor(Turn turn) {
    AtomicFile.write(file(turn), StateJson.pretty(this));
    return this;
  }
}
