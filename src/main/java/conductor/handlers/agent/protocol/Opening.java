package conductor.handlers.agent.protocol;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters with which the conversation with a process begins.
 *
 * @param directory the directory that the agent starts in
 * @param worktree the directory at or above it that the agent works on
 * @param resumes the id of the session to continue; null for a new session
 * @param forks whether to continue a copy of that session and leave the original unchanged
 * @param forksAt the place in the session where the copy ends, see {@link Dialogue#place}; null for
 *     the whole session
 * @param model the model's name in the program; null for the program's default
 * @param mode the permission mode, by its name in the program; null for the protocol's default
 * @param effort the reasoning effort, by its name in the program; null for the program's default
 * @param schema the JSON schema of the answers; null for text
 * @param spent what the session is known to have used before
 * @param equipment what the agent is given besides
 * @param own the process's own directory, which holds the files of {@link Bounds}
 */
public record Opening(
    Path directory,
    Path worktree,
    @Nullable String resumes,
    boolean forks,
    @Nullable String forksAt,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String effort,
    @Nullable String schema,
    Usage spent,
    Equipment equipment,
    Path own) {

  /**
   * Returns the directories that the agent works on: the worktree, and where it starts, if below.
   */
  public List<Path> directories() {
    return directory.equals(worktree) ? List.of(worktree) : List.of(worktree, directory);
  }
}
