package conductor.handlers.agent.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protocol of an agent program: how the program is called, and how lines are exchanged with it.
 * Immutable.
 *
 * <p>Starts no process itself; it only determines the arguments and the lines.
 */
public interface Protocol {

  /** Returns the protocol's name in the configuration, such as {@code acp}. */
  String name();

  /**
   * Returns the command line of the program.
   *
   * @param program the program and the arguments that the user set
   */
  List<String> words(List<String> program, Opening opening);

  /**
   * Returns the arguments and variables that keep the program within conductor's permission rules.
   *
   * @param program the program and the arguments that the user set
   * @param environment the program's whole environment
   */
  default Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    return Bounds.NONE;
  }

  default Map<String, String> environment() {
    return Map.of();
  }

  Dialogue begin(Opening opening);

  /** Returns whether the program takes a JSON schema itself; else the prompt must ask for one. */
  default boolean takesSchema() {
    return false;
  }

  /** Returns whether a process has one schema for all of its turns, set when it is called. */
  default boolean bindsSchema() {
    return false;
  }

  /** Returns whether a session can be copied up to a place, not only as a whole. */
  default boolean forksAnywhere() {
    return false;
  }

  /** Returns the kinds of equipment that the program can be given. */
  default Set<Equipment.Kind> takes() {
    return Set.of();
  }

  /** Returns when a session that was made then may be resumed; earlier it may be lost. */
  default Instant resumableFrom(Instant opened) {
    return opened;
  }
}
