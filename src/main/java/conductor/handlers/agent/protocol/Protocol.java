package conductor.handlers.agent.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One way in which agent programs converse. Immutable.
 *
 * <p>Does not start anything: it says how the program is called and what is to be said to it.
 */
public interface Protocol {

  /** Returns what the configuration calls it, such as {@code acp}. */
  String name();

  /**
   * Returns how the program is called.
   *
   * @param program the program and the arguments that the user set
   */
  List<String> words(List<String> program, Opening opening);

  /**
   * Returns what keeps the program within conductor's rules.
   *
   * @param program the program and the arguments that the user set
   * @param environment all that the program sees
   */
  default Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    return Bounds.NONE;
  }

  /** Variables without which the program would not do as the protocol needs. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Returns a conversation of which nothing has been said. */
  Dialogue begin(Opening opening);

  /**
   * Returns whether programs hand over answers in a form that is asked for; else a prompt must say
   * it.
   */
  default boolean takesSchema() {
    return false;
  }

  /**
   * Returns whether an answer's form is asked for when the program is called, for all turns of it.
   */
  default boolean bindsSchema() {
    return false;
  }

  /** Returns whether a session can be copied up to a place, not only as it is. */
  default boolean forksAnywhere() {
    return false;
  }

  /**
   * From when on a session may be resumed in another process; a program that is called earlier may
   * lose it.
   *
   * @param opened when the session was made
   */
  default Instant resumableFrom(Instant opened) {
    return opened;
  }
}
