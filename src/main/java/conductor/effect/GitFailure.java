package conductor.effect;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How effects on git fail. */
public abstract sealed class GitFailure extends Failure
    permits GitFailure.NotARepository,
        GitFailure.UnknownBase,
        GitFailure.NoTarget,
        GitFailure.BadBranchName,
        GitFailure.BranchTaken,
        GitFailure.WorktreeNotReady,
        GitFailure.NoIdentity,
        GitFailure.NothingToCommit,
        GitFailure.MergeConflict,
        GitFailure.BadMerge,
        GitFailure.UnmergedWork,
        GitFailure.PushRejected,
        GitFailure.NoRemote,
        GitFailure.SetupFailed,
        GitFailure.NotVerified,
        GitFailure.SecretInCommits,
        GitFailure.GitKilled,
        GitFailure.GitError {

  private GitFailure(String message) {
    super(message);
  }

  /** There is no git repository that could be worked on. */
  public static final class NotARepository extends GitFailure {

    /** where it was looked for */
    public final Path directory;

    /** what there is, and what to do */
    public final String reason;

    public NotARepository(Path directory, String reason) {
      super("%s %s".formatted(directory, reason));
      this.directory = directory;
      this.reason = reason;
    }
  }

  /** The base branch does not exist. */
  public static final class UnknownBase extends GitFailure {

    /** as given */
    public final String base;

    /** the repository */
    public final Path repo;

    public UnknownBase(String base, Path repo) {
      super(
          "there is no branch or commit '%s' in %s; 'git branch -a' lists what there is"
              .formatted(base, repo));
      this.base = base;
      this.repo = repo;
    }
  }

  /** There is no branch that work would be proposed to. */
  public static final class NoTarget extends GitFailure {

    /** the worktree's id */
    public final String env;

    /** the repository */
    public final Path repo;

    public NoTarget(String env, Path repo) {
      super(
          "%s started from a detached head or a commit, and no branch of %s follows from that; give CreatePR a target"
              .formatted(env, repo));
      this.env = env;
      this.repo = repo;
    }
  }

  /** Git refuses the name of a branch. */
  public static final class BadBranchName extends GitFailure {

    /** the name */
    public final String branch;

    public BadBranchName(String branch) {
      super(
          "git refuses the branch name '%s'; give CreateWorktree another name or suffix"
              .formatted(branch));
      this.branch = branch;
    }
  }

  /** The branch that was asked for is there already. */
  public static final class BranchTaken extends GitFailure {

    /** its name */
    public final String branch;

    /** where it is: {@code here}, or a remote's name */
    public final String where;

    public BranchTaken(String branch, String where) {
      super(
          "the branch '%s' is there already (%s); give another name as branch, or leave branch out"
              .formatted(branch, where));
      this.branch = branch;
      this.where = where;
    }
  }

  /** A worktree is in a state in which its work must not be taken for whole. */
  public static final class WorktreeNotReady extends GitFailure {

    /** the worktree's id */
    public final String env;

    /** what was found there, a line each */
    public final List<String> found;

    /** what to do */
    public final String advice;

    public WorktreeNotReady(String env, List<String> found, String advice) {
      super("%s is not ready: %s; %s".formatted(env, String.join("; ", found), advice));
      this.env = env;
      this.found = found;
      this.advice = advice;
    }
  }

  /** Git does not know who commits. */
  public static final class NoIdentity extends GitFailure {

    /** where */
    public final Path repo;

    /** what git says */
    public final String reason;

    public NoIdentity(Path repo, String reason) {
      super(
          "git does not know who commits in %s; set user.name and user.email with 'git config' (%s)"
              .formatted(repo, reason));
      this.repo = repo;
      this.reason = reason;
    }
  }

  /** Nothing changed. */
  public static final class NothingToCommit extends GitFailure {

    /** the worktree */
    public final Path worktree;

    public NothingToCommit(Path worktree) {
      super("there is nothing to commit in %s".formatted(worktree));
      this.worktree = worktree;
    }
  }

  /** Branches change the same lines; nothing was left half merged. */
  public static final class MergeConflict extends GitFailure {

    /** with conflicts */
    public final List<String> files;

    /** the ids of the worktrees that were merged */
    public final List<String> envs;

    /** the files, each with the kind of its conflict where it is not in the content */
    public final List<String> conflicts;

    public MergeConflict(List<String> files, List<String> envs, @Nullable List<String> conflicts) {
      super(
          "merging %s conflicts in %s; nothing was changed. Resolve it in one of the branches, or merge with on_conflict: 'agent'"
              .formatted(
                  String.join(", ", envs),
                  String.join(", ", Objects.requireNonNullElse(conflicts, files))));
      this.files = files;
      this.envs = envs;
      this.conflicts = Objects.requireNonNullElse(conflicts, files);
    }
  }

  /** Worktrees cannot be merged. */
  public static final class BadMerge extends GitFailure {

    /** why */
    public final String reason;

    public BadMerge(String reason) {
      super("cannot merge: " + reason);
      this.reason = reason;
    }
  }

  /** A worktree holds work that would be lost. */
  public static final class UnmergedWork extends GitFailure {

    /** the worktree's id */
    public final String env;

    /** what would be lost */
    public final String reason;

    public UnmergedWork(String env, String reason) {
      super(
          "%s is kept: %s; delete it with force: true, the commits stay reachable under refs/conductor/trash/"
              .formatted(env, reason));
      this.env = env;
      this.reason = reason;
    }
  }

  /** The remote does not take a push. */
  public static final class PushRejected extends GitFailure {

    /** what was pushed */
    public final String branch;

    /** where to */
    public final String remote;

    /** what git says */
    public final String reason;

    public PushRejected(String branch, String remote, String reason) {
      super("%s does not take %s: %s".formatted(remote, branch, reason));
      this.branch = branch;
      this.remote = remote;
      this.reason = reason;
    }
  }

  /** There is no remote to push to. */
  public static final class NoRemote extends GitFailure {

    /** the repository */
    public final Path repo;

    /** the one asked for; empty for the default */
    public final String remote;

    public NoRemote(Path repo, String remote) {
      super(
          "%s has no remote%s; add one with 'git remote add origin URL'"
              .formatted(repo, remote.isEmpty() ? "" : " named '" + remote + "'"));
      this.repo = repo;
      this.remote = remote;
    }
  }

  /** What prepares a new worktree failed. */
  public static final class SetupFailed extends GitFailure {

    /** what was run */
    public final String command;

    /** how it failed */
    public final String reason;

    public SetupFailed(String command, String reason) {
      super("preparing the worktree with '%s' failed: %s".formatted(command, reason));
      this.command = command;
      this.reason = reason;
    }
  }

  /** What had to hold of a worktree does not. */
  public static final class NotVerified extends GitFailure {

    /** the worktree */
    public final Path worktree;

    /** what does not hold, a line each */
    public final List<String> unmet;

    /** all that was observed, a line each */
    public final List<String> facts;

    public NotVerified(Path worktree, List<String> unmet, List<String> facts) {
      super("the work in %s is not done: %s".formatted(worktree, String.join("; ", unmet)));
      this.worktree = worktree;
      this.unmet = unmet;
      this.facts = facts;
    }
  }

  /** What would be committed or pushed holds known secrets. */
  public static final class SecretInCommits extends GitFailure {

    /** the names of their variables */
    public final List<String> secrets;

    /** where they stand, such as {@code a.txt in 0123456789} */
    public final List<String> where;

    public SecretInCommits(List<String> secrets, List<String> where) {
      super(
          "the value of %s stands in %s; nothing was pushed: take it out of these commits (a later one does not help: 'git reset --soft' or 'git rebase -i') and give it another value"
              .formatted(String.join(", ", secrets), String.join(", ", where)));
      this.secrets = secrets;
      this.where = where;
    }
  }

  /** Git was killed by a signal before it had done its work, again and again. */
  public static final class GitKilled extends GitFailure implements Killed {

    /** what was run */
    public final String command;

    /** the exit code: 128 and the signal's number */
    public final int code;

    public GitKilled(String command, int code) {
      super(
          "'%s' was killed (exit code %d) each time it was tried; is the machine short of memory?"
              .formatted(command, code));
      this.command = command;
      this.code = code;
    }
  }

  /** Git failed in a way that has no name of its own. */
  public static final class GitError extends GitFailure {

    /** what was run */
    public final String command;

    /** what git says */
    public final String reason;

    public GitError(String command, String reason) {
      super("'%s' failed: %s".formatted(command, reason));
      this.command = command;
      this.reason = reason;
    }
  }
}
