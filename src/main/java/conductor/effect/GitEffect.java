package conductor.effect;

import org.jspecify.annotations.Nullable;

/** The effects that commit, push, show and verify the work in a worktree. */
public sealed interface GitEffect<R extends @Nullable Object> extends Effect<R> {

  /** Commits what changed in a worktree. */
  @About(
      value =
          "Commits the changes of a worktree and replies with the commit's id. Nothing to commit is NothingToCommit.",
      example = "def sha = yield Commit(env: env, message: 'Add a greeting')")
  @Foreseen("0000000000000000000000000000000000000000")
  record Commit(
      @About("the worktree") @Place(kept = true) WorktreeEnv env,
      @About("the commit message") String message,
      @About("stage everything first, new files too; default: true") @Nullable Boolean all)
      implements GitEffect<String> {
    public Commit withAll(Boolean all) {
      return new Commit(env, message, all);
    }
  }

  /** Pushes a worktree's branch. */
  @About(
      value = "Pushes the worktree's branch and replies with the pushed ref.",
      example = "yield Push(env)")
  record Push(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("the remote; default: origin, or the only one") @Nullable String remote,
      @About("overwrite the remote branch, with lease; default: false") @Nullable Boolean force,
      @About("the branch there; default: the worktree's") @Nullable String branch)
      implements GitEffect<String> {
    public Push withRemote(String remote) {
      return new Push(env, remote, force, branch);
    }

    public Push withForce(Boolean force) {
      return new Push(env, remote, force, branch);
    }

    public Push withBranch(String branch) {
      return new Push(env, remote, force, branch);
    }
  }

  /** Shows what a worktree changed since its base. */
  @About(
      value =
          "Replies with the changes of a worktree since its base commit, committed or not, as a unified diff.",
      example = "def patch = yield Diff(env)")
  @Foreseen("")
  record Diff(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("file names with counts instead of the diff; default: false") @Nullable Boolean stat,
      @About("file names alone, a line each, instead of the diff; default: false")
          @Nullable Boolean names)
      implements GitEffect<String> {
    public Diff withStat(Boolean stat) {
      return new Diff(env, stat, names);
    }

    public Diff withNames(Boolean names) {
      return new Diff(env, stat, names);
    }
  }

  /** Observes how far the work in a worktree is. */
  @About(
      value =
          "Observes a worktree, whatever an agent says of it: whether all is committed, how many commits it is ahead of its base,"
              + " whether the remote has them, whether a command passes. What is asked for as true must hold, else NotVerified.",
      example =
          "def evidence = yield Verify(env, clean: true, ahead: true, command: 'mvn -q test')")
  record Verify(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("nothing may be uncommitted; default: false") @Nullable Boolean clean,
      @About("there must be commits that the base has not; default: false") @Nullable Boolean ahead,
      @About("the remote's branch must be at the same commit; default: false")
          @Nullable Boolean pushed,
      @About("a command that must pass: a text for the shell, or a list of words")
          CommandEffect.@Nullable Command command,
      @About("the directory of the worktree that the command runs in; default: the top")
          @Nullable String dir)
      implements GitEffect<Evidence> {
    public Verify withClean(Boolean clean) {
      return new Verify(env, clean, ahead, pushed, command, dir);
    }

    public Verify withAhead(Boolean ahead) {
      return new Verify(env, clean, ahead, pushed, command, dir);
    }

    public Verify withPushed(Boolean pushed) {
      return new Verify(env, clean, ahead, pushed, command, dir);
    }

    public Verify withCommand(CommandEffect.Command command) {
      return new Verify(env, clean, ahead, pushed, command, dir);
    }

    public Verify withDir(String dir) {
      return new Verify(env, clean, ahead, pushed, command, dir);
    }
  }
}
