package conductor.handlers.agent.protocol;

import java.util.List;

/**
 * Something an agent asks whether it may do.
 *
 * @param request what the program calls the question; unique in its process
 * @param tool the tool as the program names it, such as {@code Bash}
 * @param what it would do: a command, with all of its lines; else a file or an address, in one line
 * @param paths the files it would touch, as far as the program says; absolute or relative to the
 *     worktree
 */
public record Permission(String request, String tool, Kind kind, String what, List<String> paths) {

  /** What kind of thing a tool does. */
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
