package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facts about one agent program, so that it needs no configuration. Everything specific to one
 * program is here or in its protocol, and nowhere else. Immutable.
 *
 * <p>The protocol, not this type, determines how the program is called and resumed, how permission
 * rules are enforced, and how usage is read.
 *
 * @see KnownAgents
 */
public interface KnownAgent {

  /** Returns the type that scripts and the configuration name, such as {@code claude}. */
  String name();

  /** Returns the name of the program, which is searched on the PATH. */
  default String program() {
    return name();
  }

  /** Returns the protocol that the program speaks. */
  Protocol protocol();

  /** Returns the oldest version that supports all that the protocol sends, if that is known. */
  default Optional<String> least() {
    return Optional.empty();
  }

  /** Returns the prefixes of the host's variables that are passed on to the program. */
  List<String> variables();

  /** Returns the variables that can contain an API key for its vendor, the usual one first. */
  default List<String> keys() {
    return List.of();
  }

  /** Returns the path, below the user's home, of the file that a login leaves. */
  String loginFile();

  /** Returns its tools, in lower case, whose patterns in rules match shell commands. */
  Set<String> shells();

  /** Returns its tools, in lower case, whose patterns in rules match paths of files. */
  Set<String> fileTools();

  /** Returns the texts about the program for the documentation. */
  Texts texts();

  /**
   * Texts about a program for the page about agents.
   *
   * @param title the vendor's name for it
   * @param speech the protocol that it is used with
   * @param install the command that installs it
   * @param login the way to log in without an API key
   */
  record Texts(String title, String speech, String install, String login) {}
}
