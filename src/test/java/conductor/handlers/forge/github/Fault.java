package conductor.handlers.forge.github;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with a request. */
public sealed interface Fault {

  /** Nothing happens but an answer. */
  record Answered(int status, Map<String, String> headers, String body) implements Fault {}

  /** Nothing happens, and the connection is cut. */
  record Dropped() implements Fault {}

  /** It happens, and the connection is cut before the answer. */
  record Lost() implements Fault {}

  /** It happens, and the answer is an error without a word. */
  record Failed(int status) implements Fault {}

  /** It happens, late. */
  record Slow(Duration by) implements Fault {}

  /**
   * It happens, and the answer never comes.
   *
   * @param happened counted down when it has
   */
  record Held(CountDownLatch happened) implements Fault {}

  /**
   * The connection is cut once something else has happened.
   *
   * @param done whether it happens before
   * @param reached counted down when it was asked for and, where it is to happen, has happened
   * @param over waited for before the connection is cut
   */
  record Cut(boolean done, CountDownLatch reached, CountDownLatch over) implements Fault {}

  /**
   * From then on everything is shown as it was before, for so many reads of each thing.
   *
   * @param then what happens to the request itself
   */
  record Late(int reads, Fault then) implements Fault {}

  /**
   * It happens once it is let on.
   *
   * @param begun counted down when it was asked for
   */
  record Paused(CountDownLatch begun) implements Fault {}

  /** An answer with GitHub's form of a message. */
  static Fault status(int status, String message) {
    return new Answered(status, Map.of(), "{\"message\": \"" + message + "\"}");
  }
}
