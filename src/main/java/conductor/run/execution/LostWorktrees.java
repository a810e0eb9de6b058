package conductor.run.execution;

import conductor.effect.FileNotTrusted;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.worktree.Preparation;
import conductor.handlers.worktree.Worktrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Recreates the worktrees of a run whose directories are gone, by somebody's cleanup or by
 * accident, from what was kept of them, uncommitted files included.
 */
record LostWorktrees(WorktreeTools tools, Preparation preparation, Path project) {

  /** Recreates the missing worktrees of a run, with a line for each, also where that fails. */
  void restore(String run, List<WorktreeEnv> envs, Consumer<String> say)
      throws InterruptedException {
    for (WorktreeEnv env : envs) {
      if (env.ofUser()) {
        mustBeThere(env, say);
      } else if ((!Files.exists(env.path()) || isHalfMade(env)) && Files.isDirectory(env.repo())) {
        restore(run, env, say);
      }
    }
  }

  private static void mustBeThere(WorktreeEnv env, Consumer<String> say) {
    if (!Files.isDirectory(env.path())) {
      say.accept("the checkout %s is gone; only you can bring it back".formatted(env.path()));
    }
  }

  /** Returns whether its recreation was cut short. A run's own worktrees are all ready. */
  private boolean isHalfMade(WorktreeEnv env) {
    return tools
        .worktrees()
        .of(env)
        .filter(made -> made.stage() != Worktrees.Stage.READY)
        .isPresent();
  }

  private void restore(String run, WorktreeEnv env, Consumer<String> say)
      throws InterruptedException {
    Optional<String> kept = tools.trees().newest(run, env);
    if (kept.isEmpty()) {
      say.accept("the worktree %s is gone, and nothing of it was kept".formatted(env.id()));
      return;
    }
    try {
      String key = tools.worktrees().of(env).map(Worktrees.Made::key).orElse(run + ":restored");
      var made = new Worktrees.Made(env, key, run, Worktrees.Stage.READY);
      tools.branches().restore(tools.git().at(env.repo()), made, kept.get(), preparation, project);
      say.accept(
          "the worktree %s was gone and is made again, as it was after the last effect"
              .formatted(env.id()));
    } catch (GitFailure | FileNotTrusted e) {
      say.accept(
          "the worktree %s is gone and cannot be made again: %s"
              .formatted(env.id(), e.getMessage()));
    }
  }
}
