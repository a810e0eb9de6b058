package conductor.effect;

import org.jspecify.annotations.Nullable;

/** Commits and pushes. */
public sealed interface GitEffect<R extends @Nullable Object> extends Effect<R> {

  /** Commits what changed in a worktree. */
  @About(
      value =
          "Commits the changes of a worktree and replies with the commit's id. Nothing to commit is NothingToCommit.",
      example = "def sha = yield Commit(env: env, message: 'Add a greeting')")
  record Commit(
      @About("the worktree") WorktreeEnv env,
      @About("the commit message") String message,
      @About("stage everything first, new files too; default: true") @Nullable Boolean all)
      implements GitEffect<String> {}

  /** Pushes a worktree's branch. */
  @About(
      value = "Pushes the worktree's branch and replies with the pushed ref.",
      example = "yield Push(env)")
  record Push(
      @About("the worktree") WorktreeEnv env,
      @About("the remote; default: origin, or the only one") @Nullable String remote,
      @About("overwrite the remote branch, with lease; default: false") @Nullable Boolean force)
      implements GitEffect<String> {}

  /** Shows what a worktree changed since its base. */
  @About(
      value =
          "Replies with the changes of a worktree since its base commit, committed or not, as a unified diff.",
      example = "def patch = yield Diff(env)")
  record Diff(
      @About("the worktree") WorktreeEnv env,
      @About("file names with counts instead of the diff; default: false") @Nullable Boolean stat)
      implements GitEffect<String> {}
}
