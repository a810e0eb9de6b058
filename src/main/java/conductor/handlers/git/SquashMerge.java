package conductor.handlers.git;

import java.util.List;
import java.util.Optional;

/**
 * Detects that a branch was squash-merged into another: a merge of the branch would change nothing
 * any more, or one of the last 500 commits of the other has the same patch.
 */
public final class SquashMerge {

  private static final int MOST = 500;

  private SquashMerge() {}

  /**
   * Returns whether the target contains all changes between its merge base with a commit and that
   * commit; false when there are no such changes, or no merge base.
   */
  public static boolean isIn(Git git, String head, String target) throws InterruptedException {
    String base = git.run("merge-base", target, head).out().strip();
    if (base.isEmpty()) {
      return false;
    }
    List<String> whole = ids(git, git.text(Patch.words(base, head)));
    if (whole.isEmpty()) {
      return false; // commits that change nothing cannot be found elsewhere
    }
    Optional<String> tree = MergedTree.of(git, target, head).tree();
    if (tree.equals(Optional.of(git.reader().tree(target)))) {
      return true;
    }
    String last =
        git.text(
            Git.line(
                "log -p --no-merges --no-ext-diff --no-textconv --no-color --binary"
                    + " --src-prefix=a/ --dst-prefix=b/ -n",
                "" + MOST,
                base + ".." + target));
    return ids(git, last).contains(whole.getFirst());
  }

  private static List<String> ids(Git git, String patches) throws InterruptedException {
    return git.textFed(patches, "patch-id", "--stable")
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .toList();
  }
}
