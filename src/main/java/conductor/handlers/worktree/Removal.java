package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Removes worktrees whose work exists elsewhere, or, by force, after saving their work under a ref.
 *
 * @param git git with the host's environment
 */
public record Removal(Git git, WorktreeInspector inspector, WorktreeBranches branches) {

  /**
   * Removes a worktree with its branch.
   *
   * @param force whether to remove it even if work would be lost; the work is then saved first
   * @return a ref that contains the worktree's work; empty when it had no work of its own
   * @throws GitFailure.UnmergedWork when work would be lost and {@code force} is not set, or when
   *     the repository is gone
   */
  public Optional<String> of(WorktreeEnv env, boolean force) throws InterruptedException {
    CheckoutRefusal.mustBeMade("DeleteWorktree", env);
    if (!Files.isDirectory(env.repo())) {
      throw new GitFailure.UnmergedWork(
          env.id(), "its repository " + env.repo() + " is gone or was moved");
    }
    var work = new Work(git, inspector, env);
    Optional<String> reason = work.reasonToKeep();
    if (reason.isPresent() && !force) {
      throw new GitFailure.UnmergedWork(env.id(), reason.get());
    }
    Optional<String> ref = reason.isPresent() ? Optional.of(work.toTrash()) : work.keepSquashed();
    if (ref.isEmpty()) {
      ref = work.refElsewhere();
    }
    branches.remove(git, env);
    return ref;
  }
}
