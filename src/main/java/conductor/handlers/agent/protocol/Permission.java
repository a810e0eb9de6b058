package conductor.handlers.agent.protocol;

import java.util.List;

/**
 * An agent's request for the permission to use a tool.
 *
 * @param request the program's id of the request, unique in its process
 * @param tool the tool's name in the program, such as {@code Bash}
 * @param what the intended action: a command with all of its lines, or a file or address in one
 *     line
 * @param paths the files that would be touched, as far as the program names them; absolute or
 *     relative to where the program started
 */
public record Permission(String request, String tool, Kind kind, String what, List<String> paths) {

  /** The kinds of actions of tools. */
  public enum Kind {
    READ,
    EDIT,
    EXECUTE,
    FETCH,
    OTHER
  }

  public Permission {
    paths = List.copyOf(paths);
  }
}
