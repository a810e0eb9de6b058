package conductor.handlers.agent;

import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a turn was begun in a session, and why: a turn is begun again when its process is gone
 * or its vendor takes no work. Kept in {@code attempts.json} before the attempt begins.
 *
 * @param number of the attempt, counted from 1
 * @param lost how many were lost with their process
 * @param refused how many the vendor had no room for
 * @param notBefore when this one may begin
 * @param why why it waits, for people
 * @param begun when its prompt was said
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

  /** Returns those of a turn. */
  static Attempts of(Turn turn) {
    return StateJson.find(file(turn), Attempts.class, FORMAT)
        .orElseGet(() -> new Attempts(FORMAT, 1, 0, 0, null, null, null));
  }

  private static Path file(Turn turn) {
    return turn.directory().resolve("attempts.json");
  }

  /** Returns the prompt's id in a session. */
  String prompt(Turn turn) {
    return turn.number() + "." + number;
  }

  /** Returns the number of the turn that a prompt is of. */
  static int turnOf(String prompt) {
    return Integer.parseInt(prompt.substring(0, prompt.indexOf('.')));
  }

  /** Returns one more, because the process is gone. */
  Attempts afterLoss() {
    return new Attempts(v, number + 1, lost + 1, refused, null, null, null);
  }

  /** Returns one more, because the last came too late to be heard. */
  Attempts afterMiss() {
    return new Attempts(v, number + 1, lost, refused, null, null, null);
  }

  /** Returns one more, when the vendor has room. */
  Attempts afterRefusal(Instant notBefore, String why) {
    return new Attempts(v, number + 1, lost, refused + 1, notBefore, why, null);
  }

  /** This one, as its prompt is about to be said. */
  Attempts begunAt(Instant at) {
    return new Attempts(v, number, lost, refused, notBefore, why, at);
  }

  Attempts keptFor(Turn turn) {
    AtomicFile.write(file(turn), StateJson.pretty(this));
    return this;
  }
}
