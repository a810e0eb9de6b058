package conductor.protocol;

import java.time.Instant;
import java.util.List;

/**
 * One way in which agent programs converse. Immutable.
 *
 * <p>Does not start anything: it says how the program is called and what is to be said to it.
 */
public interface Protocol {

  /**
   * How the program is called.
   *
   * @param program the program and the arguments that the user set
   */
  List<String> words(List<String> program, Opening opening);

  /** A conversation of which nothing has been said. */
  Dialogue begin(Opening opening);

  /** Whether an answer's form is asked for when the program is called, for all turns of it. */
  default boolean bindsSchema() {
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
