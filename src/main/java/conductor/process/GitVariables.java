package conductor.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Removes and adds environment variables of git. Some say who the user is and how git is
 * configured, and hold for every repository; others say which repository, index or objects git
 * works on. The latter are set where git runs a hook, and lead a git that is started from there, in
 * whatever directory, back to the hook's repository.
 */
public final class GitVariables {

  /**
   * The variables that {@code git rev-parse --local-env-vars} lists, but for {@code GIT_CONFIG_*},
   * and those that change how paths, names and differences are read.
   */
  private static final Set<String> OF_A_REPOSITORY =
      Set.of(
          """
          GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_CONFIG GIT_DIFF_OPTS GIT_DIR
          GIT_EXTERNAL_DIFF GIT_GLOB_PATHSPECS GIT_GRAFT_FILE GIT_ICASE_PATHSPECS
          GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE GIT_INTERNAL_SUPER_PREFIX
          GIT_LITERAL_PATHSPECS GIT_NAMESPACE GIT_NOGLOB_PATHSPECS GIT_NO_REPLACE_OBJECTS
          GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_QUARANTINE_PATH GIT_REPLACE_REF_BASE
          GIT_SHALLOW_FILE GIT_WORK_TREE\
          """
              .split("\\s+", -1));

  private GitVariables() {}

  /**
   * Returns an environment without the variables that belong to one repository. Identity ({@code
   * GIT_AUTHOR_NAME}), configuration ({@code GIT_CONFIG_GLOBAL}, {@code GIT_CONFIG_COUNT}) and the
   * programs that git asks and connects with ({@code GIT_SSH_COMMAND}) stay.
   *
   * @return a copy, in the order of the names
   */
  public static Map<String, String> withoutRepository(Map<String, String> environment) {
    var without = new TreeMap<>(environment);
    without.keySet().removeAll(OF_A_REPOSITORY);
    return without;
  }

  /**
   * Returns an environment in which git, in a worktree, ignores what an ignore file beside the
   * worktree lists: {@code <worktree>.ignore}, where there is one. That file takes the place of the
   * user's {@code core.excludesFile}, whose content it holds.
   *
   * @return a copy, in the order of the names
   */
  public static Map<String, String> inWorktree(Map<String, String> environment, Path worktree) {
    var more = new TreeMap<>(environment);
    Path ignored = Path.of(worktree + ".ignore");
    if (Files.exists(ignored)) {
      String count = environment.getOrDefault("GIT_CONFIG_COUNT", "");
      int next = count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
      more.put("GIT_CONFIG_KEY_" + next, "core.excludesFile");
      more.put("GIT_CONFIG_VALUE_" + next, ignored.toString());
      more.put("GIT_CONFIG_COUNT", String.valueOf(next + 1));
    }
    return more;
  }
}
