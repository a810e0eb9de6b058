package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A conversation with one process of an agent program, as far as it has come. Whoever takes it up
 * tells it first all lines that were said to the program, then all that it printed; after that,
 * each line as it comes. The same lines make the same state.
 *
 * <p>A prompt has an id that its asker chose, of digits and dots. An id is said at most once to a
 * process: {@link #hasSaid} tells. Several prompts may be open where a program can be steered.
 *
 * <p>A line that is not understood is kept by whoever keeps lines, and ignored here. Not safe for
 * use by several threads.
 */
public interface Dialogue {

  /** A line that was said to the program, without its line end. */
  void said(String line);

  /** Returns a line that the program printed, without its line end; what it tells. */
  List<Event> heard(String line);

  /**
   * Returns whether the program may print a line that nobody reads: one that only tells what it
   * does meanwhile.
   *
   * @param beginning of a line that is too long to be read
   */
  boolean canMiss(String beginning);

  /** Returns what the protocol itself has to say now, such as greetings; empty most of the time. */
  List<String> due();

  /** Returns whether a prompt may be said now. */
  boolean ready();

  /** Returns whether a prompt was said to this process. */
  boolean hasSaid(String id);

  /**
   * Returns the line that asks for a turn. Only when {@link #ready} and no turn is open.
   *
   * @param schema the JSON schema of the answer, where the protocol takes it with the prompt; it is
   *     ignored elsewhere
   */
  String prompt(String id, String text, Optional<String> schema);

  /**
   * Returns the line that adds to the open turn; empty where the program cannot be steered, or no
   * turn is open.
   */
  Optional<String> steer(String id, String text);

  /** Returns the lines that end the open turn; open permissions are answered with no. */
  List<String> cancel();

  /**
   * Returns where the last turn that is over ended, for a copy of the session up to there; empty
   * where the program names no places.
   */
  Optional<String> place();

  /** Returns the permissions that were asked for and not answered, in order. */
  List<Permission> open();

  /** Returns the line that answers a permission. */
  String answer(Permission permission, Decision decision);
}
