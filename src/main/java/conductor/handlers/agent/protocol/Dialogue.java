package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The state of the conversation with one process of an agent program, computed from its lines. To
 * resume a conversation, the caller first passes all lines that were sent to the program, then all
 * lines that the program printed, and after that each line as it comes. The same lines produce the
 * same state. Does not read or write lines itself.
 *
 * <p>A prompt has an id of digits and dots that the caller chooses. The same id must not be sent
 * twice to a process, see {@link #hasSaid}. Several prompts can be open where the program accepts
 * messages during a turn.
 *
 * <p>Lines that are not understood are ignored. Not safe for use by several threads.
 */
public interface Dialogue {

  /** Takes in a line that was sent to the program, without its line end. */
  void said(String line);

  /** Takes in a line that the program printed, without its line end, and returns its events. */
  List<Event> heard(String line);

  /** Returns whether a line too long to be read only reports progress, by its beginning. */
  boolean canMiss(String beginning);

  /** Returns the lines that the protocol itself wants sent now, such as a greeting. */
  List<String> due();

  /** Returns whether a prompt may be sent now. */
  boolean ready();

  /** Returns whether a prompt was sent to this process. */
  boolean hasSaid(String id);

  /**
   * Returns the line that begins a turn. May be called only when {@link #ready} and no turn is
   * open.
   *
   * @param schema the JSON schema of the answer; ignored by protocols that do not take it with the
   *     prompt
   */
  String prompt(String id, String text, Optional<String> schema);

  /** Returns the line that adds a message to the open turn; empty where that is impossible. */
  Optional<String> steer(String id, String text);

  /** Returns the lines that cancel the open turn; they deny open permission requests. */
  List<String> cancel();

  /**
   * Returns the place in the session at which the last turn ended, for copies of the session up to
   * there; empty when the program has no such places.
   */
  Optional<String> place();

  /** Returns the permission requests that are not answered yet, in order. */
  List<Permission> open();

  /** Returns the line that answers a permission request. */
  String answer(Permission permission, Decision decision);
}
