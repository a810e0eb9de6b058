package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.StaleLocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a repository that a sparse worktree has: git's {@code sparse-checkout} in cone mode.
 * It holds the named directories and the files directly in those above them. Files outside are in
 * the index and in every commit all the same.
 */
final class Cone {

  private static final String NO_UTF_8 = "\uFFFD";
  private static final String INDEX = "conductor-sparse.index";

  /** Names that git takes for patterns unless it is told not to check. */
  private static final Pattern LIKE_PATTERNS = Pattern.compile("(?s).*[*?\\[\\]\\\\].*");

  private Cone() {}

  /**
   * Refuses directories that a commit does not have.
   *
   * @throws GitFailure.UnknownDirectory when there is one
   */
  static void mustBeIn(Git git, String commit, List<String> directories)
      throws InterruptedException {
    for (String directory : directories) {
      if (directories(git, commit, directory).isEmpty()) {
        throw new GitFailure.UnknownDirectory(directory, commit, beside(git, commit, directory));
      }
    }
  }

  /** Returns the directories and submodules of a path: itself, or those in it if it ends so. */
  private static List<String> directories(Git git, String commit, String path)
      throws InterruptedException {
    return git.items(Git.line("ls-tree -d --name-only -z --full-tree --", commit, path));
  }

  /** Returns the directories in the nearest directory above a path that the commit has. */
  private static List<String> beside(Git git, String commit, String path)
      throws InterruptedException {
    for (Path above = Path.of(path).getParent(); above != null; above = above.getParent()) {
      List<String> there = directories(git, commit, above + "/");
      if (!there.isEmpty()) {
        return there;
      }
    }
    return git.items(Git.line("ls-tree -d --name-only -z --full-tree --", commit));
  }

  /** Returns all directories of sparse worktrees; null when one of them has everything. */
  static @Nullable List<String> ofAll(List<WorktreeEnv> envs) {
    var all = new ArrayList<String>();
    for (WorktreeEnv env : envs) {
      if (env.sparse() == null) {
        return null;
      }
      all.addAll(env.sparse());
    }
    return all.stream().distinct().toList();
  }

  /**
   * Has git check out only the directories of a worktree in which no file is checked out yet; does
   * nothing for one without such directories. Can be repeated. The repository's lock must be held:
   * git may write to the repository's configuration that worktrees have some of their own.
   *
   * @param gitDirectory the worktree's own
   */
  static void set(Git git, WorktreeEnv env, Path gitDirectory) throws InterruptedException {
    List<String> directories = env.sparse();
    if (directories == null) {
      return;
    }
    StaleLocks.clear(env, gitDirectory);
    // an index of its own: one of the worktree would say that its files are checked out
    Path index = gitDirectory.resolve(INDEX);
    var words = new ArrayList<>(List.of("sparse-checkout", "set", "--cone"));
    if (directories.stream().anyMatch(name -> LIKE_PATTERNS.matcher(name).matches())) {
      words.add("--skip-checks");
    }
    words.add("--");
    words.addAll(directories);
    try {
      git.at(env.path())
          .with("GIT_INDEX_FILE", index.toString())
          .must(words.toArray(String[]::new));
    } finally {
      index.toFile().delete();
    }
  }

  /** Returns whether a path is of the part that a worktree has, as far as an effect named it. */
  static boolean holds(WorktreeEnv env, String path) {
    List<String> directories = env.sparse();
    Path file = Path.of(path);
    Path directory = file.getParent();
    return directories == null
        || directory == null
        || directories.stream()
            .map(Path::of)
            .anyMatch(one -> file.startsWith(one) || one.startsWith(directory));
  }

  /**
   * Makes the files and the index those of a commit, except that what differs from the head is not
   * staged. What the commit changes outside of the part that is checked out is written too: git
   * would keep it in the index alone, where a commit would not find it.
   */
  static void restore(Git git, String commit) throws InterruptedException {
    git.must("read-tree", "-u", "--reset", commit);
    boolean sparse = git.setting("core.sparseCheckout").filter("true"::equals).isPresent();
    String written = sparse ? changed(git, commit, "d") : "";
    String deleted = sparse ? changed(git, commit, "D") : "";
    if (written.contains(NO_UTF_8)) {
      git.must("checkout-index", "--force", "--ignore-skip-worktree-bits", "--all");
    } else if (!written.isEmpty()) {
      git.textFed(
          written, Git.line("checkout-index --force --ignore-skip-worktree-bits -z --stdin"));
    }
    git.must("reset", "--quiet");
    if (!deleted.isEmpty()) {
      git.textFed(deleted, Git.line("update-index --no-skip-worktree -z --stdin"));
    }
  }

  /** Returns the paths by which a commit differs from the head, each with a NUL. */
  private static String changed(Git git, String commit, String kinds) throws InterruptedException {
    return git.text(
        Git.line(
            "diff --name-only -z --no-renames --no-ext-diff --ignore-submodules=none",
            "--diff-filter=" + kinds,
            "HEAD",
            commit));
  }
}
