package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of one agent program, so that it needs no configuration. What conductor does
 * for one program and not for another stands here or in its protocol, and nowhere else. Immutable.
 *
 * <p>How the program is called, resumed and kept within the rules, and how what it uses is read, is
 * its protocol's to say.
 *
 * @see KnownAgents
 */
public interface KnownAgent {

  /** Returns the type that scripts and the configuration name, such as {@code claude}. */
  String name();

  /** Returns the program that is looked for on the PATH. */
  default String program() {
    return name();
  }

  /** Returns how the program converses. */
  Protocol protocol();

  /**
   * Returns the oldest version that takes all that the protocol says to it; empty where none is
   * known.
   */
  default Optional<String> least() {
    return Optional.empty();
  }

  /** Returns what the names of the variables begin with that it sees of the host's. */
  List<String> variables();

  /** Returns the variables that hold a key for its vendor, the usual one first. */
  default List<String> keys() {
    return List.of();
  }

  /** Returns the file below the user's home that a login leaves. */
  String loginFile();

  /**
   * Returns its tools that run lines of a shell, in small letters: rules for them hold commands.
   */
  Set<String> shells();

  /** Returns its tools that read or change files, in small letters: rules for them hold paths. */
  Set<String> fileTools();

  /** Returns what people are told of it. */
  Texts texts();

  /**
   * What people are told of a program, in the page about agents.
   *
   * @param title what its vendor calls it
   * @param speech what it is spoken to by
   * @param install the command that installs it
   * @param login what logs it in, where no key does
   */
  record Texts(String title, String speech, String install, String login) {}
}
