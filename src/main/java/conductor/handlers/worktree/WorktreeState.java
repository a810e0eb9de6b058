package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state in which a worktree was found, before an act uses it. Files that differed when it was
 * made and have not changed since, and files that were copied into it, are left out of {@code
 * changes}.
 *
 * @param head the commit that is checked out
 * @param branch the short name of the branch that is checked out; empty when it is detached
 * @param operation the git operation in progress, such as {@code merge} or {@code rebase}; empty
 *     when none is
 * @param unmerged paths in conflict
 * @param changes paths that differ from the head, new ones included
 * @param unstaged those of {@code changes} that differ from the index
 * @param born paths that differed when the worktree was made and are as they were then
 * @param nested directories that are git repositories of their own but not submodules
 * @param submodules the submodules that differ from the index
 */
record WorktreeState(
    WorktreeEnv env,
    String head,
    Optional<String> branch,
    Optional<String> operation,
    List<String> unmerged,
    List<String> changes,
    List<String> unstaged,
    List<String> born,
    List<String> nested,
    List<Submodule> submodules) {

  WorktreeState {
    unmerged = List.copyOf(unmerged);
    changes = List.copyOf(changes);
    unstaged = List.copyOf(unstaged);
    born = List.copyOf(born);
    nested = List.copyOf(nested);
    submodules = List.copyOf(submodules);
  }

  /** A submodule that is at another commit, or has edited or new files. */
  record Submodule(String path, boolean moved, boolean edited, boolean untracked) {}

  /** Returns whether all files, but those that were so at birth, are as in the head. */
  boolean isAsCommitted() {
    return uncommitted() == 0;
  }

  /** Returns whether {@code unstaged} names all that staging would add to the index. */
  boolean hasOnlyFiles() {
    return unmerged.isEmpty() && nested.isEmpty() && submodules.isEmpty();
  }

  /** Returns whether there is anything to commit. */
  boolean dirty() {
    return uncommitted() > 0;
  }

  /** Returns how many paths are not committed. */
  int uncommitted() {
    return changes.size() + unmerged.size() + nested.size() + submodules.size();
  }

  /** Returns whether the worktree's own branch is checked out, or none in a detached checkout. */
  boolean onBranch() {
    return branch.orElse("HEAD").equals(env.branch());
  }

  /** Returns in words what must be finished before a commit or push, whatever is checked out. */
  List<String> obstacles() {
    var found = new ArrayList<String>();
    operation.ifPresent(name -> found.add("a " + name + " is in progress"));
    if (!unmerged.isEmpty()) {
      found.add("in conflict: " + listed(unmerged));
    }
    return found;
  }

  /** Returns all unusual facts about the worktree in words. */
  List<String> remarks() {
    var found = new ArrayList<>(obstacles());
    if (!onBranch()) {
      found.add(branch.map(name -> "on branch " + name).orElse("detached"));
    }
    nested.forEach(path -> found.add(path + "/ is a repository of its own"));
    submodules.forEach(submodule ->
        found.add(
            "submodule %s %s"
                .formatted(
                    submodule.path(),
                    submodule.edited() || submodule.untracked() ? "is dirty" : "has moved")));
    return found;
  }

  /** Returns the first ten of some paths as a text, with the number of the others. */
  static String listed(List<String> paths) {
    int shown = 10;
    String first = String.join(", ", paths.subList(0, Math.min(shown, paths.size())));
    return paths.size() > shown ? first + " and %d more".formatted(paths.size() - shown) : first;
  }
}
