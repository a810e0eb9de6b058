package conductor.handlers.worktree;

import conductor.effect.Effect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import java.util.List;

/**
 * Refuses the effects by which conductor itself would change the user's own checkout, or propose
 * what stands in it, and those that need git where there is none.
 */
public final class CheckoutRefusal {

  private CheckoutRefusal() {}

  /**
   * Refuses an effect that commits, pushes, proposes, merges or deletes in a checkout, and one that
   * compares the files of a checkout outside of git.
   *
   * @throws GitFailure.NeedsWorktree when it does the former
   * @throws GitFailure.NotARepository when it does the latter
   */
  public static void check(Effect<?> effect) {
    changed(effect).forEach(env -> mustBeMade(effect.kind(), env));
    switch (effect) {
      case GitEffect.Diff diff -> mustBeInGit(diff.env());
      case GitEffect.Verify verify -> mustBeInGit(verify.env());
      default -> {}
    }
  }

  /** Refuses a checkout outside of git where its files are compared with a commit. */
  static void mustBeInGit(WorktreeEnv env) {
    if (env.ofUser() && !env.inGit()) {
      throw new GitFailure.NotARepository(
          env.path(), "is in no git repository; there is nothing to compare its files with");
    }
  }

  /**
   * Refuses a checkout where something needs a worktree that conductor made.
   *
   * @param what the name of the effect
   */
  static void mustBeMade(String what, WorktreeEnv env) {
    if (env.ofUser()) {
      throw new GitFailure.NeedsWorktree(what, env.path());
    }
  }

  private static List<WorktreeEnv> changed(Effect<?> effect) {
    return switch (effect) {
      case WorktreeEffect.MergeBranches merge -> merge.envs();
      case WorktreeEffect.DeleteWorktree delete -> List.of(delete.env());
      case GitEffect.Commit commit -> List.of(commit.env());
      case GitEffect.Push push -> List.of(push.env());
      case ForgeEffect.CreatePR create -> List.of(create.env());
      default -> List.of();
    };
  }
}
