package conductor.handlers.git;

import conductor.process.Command;
import java.util.List;
import java.util.Optional;

/**
 * The result of merging two commits without a worktree.
 *
 * @param tree the id of the merged tree; empty when the commits conflict
 * @param conflicts the paths in conflict
 */
public record MergedTree(Optional<String> tree, List<String> conflicts) {

  /** Merges two commits with {@code git merge-tree}; changes no ref. */
  public static MergedTree of(Git git, String ours, String theirs) throws InterruptedException {
    Command.Ended merged =
        git.run("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs);
    if (merged.code() > 1) {
      throw Git.error(merged, "merge-tree", ours, theirs);
    }
    List<String> items = Git.split(merged.out());
    return merged.ok()
        ? new MergedTree(Optional.of(items.getFirst()), List.of())
        : new MergedTree(Optional.empty(), items.stream().skip(1).distinct().toList());
  }
}
