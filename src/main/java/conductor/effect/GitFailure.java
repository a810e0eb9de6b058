package conductor.effect;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The failures of effects on git repositories and worktrees. */
public abstract sealed class GitFailure extends Failure {

  private GitFailure(String message) {
    super(message);
  }

  /** The failure of a directory without a git repository that could be worked on. */
  public static final class NotARepository extends GitFailure {
    public final Path directory;

    /** Description of what there is, and what to do. */
    public final String reason;

    public NotARepository(Path directory, String reason) {
      super("%s %s".formatted(directory, reason));
      this.directory = directory;
      this.reason = reason;
    }
  }

  /** The failure of a directory that cannot be handed to agents as the user's checkout. */
  public static final class UnusableCheckout extends GitFailure {
    public final Path directory;

    /** Description of what there is, and what to do. */
    public final String reason;

    public UnusableCheckout(Path directory, String reason) {
      super("%s cannot be a checkout for agents: %s".formatted(directory, reason));
      this.directory = directory;
      this.reason = reason;
    }
  }

  /**
   * The failure of an effect in the user's own checkout that conductor does only in worktrees that
   * it made.
   */
  public static final class NeedsWorktree extends GitFailure {

    /** The effect's name. */
    public final String effect;

    public final Path checkout;

    public NeedsWorktree(String effect, Path checkout) {
      super(
          "%s needs a worktree that conductor made: %s is your own checkout, in which it commits, pushes, merges and deletes nothing; work in one of CreateWorktree, or do this yourself"
              .formatted(effect, checkout));
      this.effect = effect;
      this.checkout = checkout;
    }
  }

  /** The failure of a base branch that does not exist. */
  public static final class UnknownBase extends GitFailure {
    public final String base;
    public final Path repo;

    public UnknownBase(String base, Path repo) {
      super(
          "there is no branch or commit '%s' in %s; 'git branch -a' lists what there is"
              .formatted(base, repo));
      this.base = base;
      this.repo = repo;
    }
  }

  /** The failure of a sparse worktree whose directory the base does not have. */
  public static final class UnknownDirectory extends GitFailure {
    public final String directory;
    public final String commit;

    /** The directories that there are beside it, relative to the repository. */
    public final List<String> there;

    public UnknownDirectory(String directory, String commit, List<String> there) {
      super(
          "there is no directory '%s' in %s; there %s"
              .formatted(
                  directory,
                  commit,
                  there.isEmpty() ? "are none beside it" : "are " + String.join(", ", there)));
      this.directory = directory;
      this.commit = commit;
      this.there = List.copyOf(there);
    }
  }

  /** The failure of a worktree without a branch that its work would be proposed to. */
  public static final class NoTarget extends GitFailure {

    /** The worktree's id. */
    public final String env;

    public final Path repo;

    public NoTarget(String env, Path repo) {
      super(
          "%s started from a detached head or a commit, and no branch of %s follows from that; give CreatePR a target"
              .formatted(env, repo));
      this.env = env;
      this.repo = repo;
    }
  }

  /** The failure of a branch name that git refuses. */
  public static final class BadBranchName extends GitFailure {
    public final String branch;

    public BadBranchName(String branch) {
      super(
          "git refuses the branch name '%s'; give CreateWorktree another name or suffix"
              .formatted(branch));
      this.branch = branch;
    }
  }

  /** The failure of a new branch whose name is taken. */
  public static final class BranchTaken extends GitFailure {
    public final String branch;

    /** The place where it exists: {@code here}, or a remote's name. */
    public final String where;

    public BranchTaken(String branch, String where) {
      super(
          "the branch '%s' is there already (%s); give another name as branch, or leave branch out"
              .formatted(branch, where));
      this.branch = branch;
      this.where = where;
    }
  }

  /** The failure of a worktree in a state in which its work must not be taken for whole. */
  public static final class WorktreeNotReady extends GitFailure {

    /** The worktree's id. */
    public final String env;

    /** Findings in the worktree, a line each. */
    public final List<String> found;

    public final String advice;

    public WorktreeNotReady(String env, List<String> found, String advice) {
      super("%s is not ready: %s; %s".formatted(env, String.join("; ", found), advice));
      this.env = env;
      this.found = found;
      this.advice = advice;
    }
  }

  /** The failure of a commit without an author: git does not know who commits. */
  public static final class NoIdentity extends GitFailure {
    public final Path repo;

    /** Git's message. */
    public final String reason;

    public NoIdentity(Path repo, String reason) {
      super(
          "git does not know who commits in %s; set user.name and user.email with 'git config' (%s)"
              .formatted(repo, reason));
      this.repo = repo;
      this.reason = reason;
    }
  }

  /** The failure of a commit in a worktree where nothing changed. */
  public static final class NothingToCommit extends GitFailure {
    public final Path worktree;

    public NothingToCommit(Path worktree) {
      super("there is nothing to commit in %s".formatted(worktree));
      this.worktree = worktree;
    }
  }

  /** The failure of a merge of branches that conflict; nothing was left half merged. */
  public static final class MergeConflict extends GitFailure {
    public final List<String> files;

    /** The ids of the worktrees that were merged. */
    public final List<String> envs;

    /** The files, each with the kind of its conflict where that is not in the content. */
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

  /** The failure of worktrees that cannot be merged. */
  public static final class BadMerge extends GitFailure {
    public final String reason;

    public BadMerge(String reason) {
      super("cannot merge: " + reason);
      this.reason = reason;
    }
  }

  /** The failure to delete a worktree that holds work that would be lost. */
  public static final class UnmergedWork extends GitFailure {

    /** The worktree's id. */
    public final String env;

    public final String reason;

    public UnmergedWork(String env, String reason) {
      super(
          "%s is kept: %s; delete it with force: true, the commits stay reachable under refs/conductor/trash/"
              .formatted(env, reason));
      this.env = env;
      this.reason = reason;
    }
  }

  /** The failure of a push that the remote does not take. */
  public static final class PushRejected extends GitFailure {
    public final String branch;
    public final String remote;

    /** Git's message. */
    public final String reason;

    public PushRejected(String branch, String remote, String reason) {
      super("%s does not take %s: %s".formatted(remote, branch, reason));
      this.branch = branch;
      this.remote = remote;
      this.reason = reason;
    }
  }

  /** The failure of a repository without the remote to push to. */
  public static final class NoRemote extends GitFailure {
    public final Path repo;

    /** The remote that was asked for; empty for the default. */
    public final String remote;

    public NoRemote(Path repo, String remote) {
      super(
          "%s has no remote%s; add one with 'git remote add origin URL'"
              .formatted(repo, remote.isEmpty() ? "" : " named '" + remote + "'"));
      this.repo = repo;
      this.remote = remote;
    }
  }

  /** The failure of the preparation of a new worktree. */
  public static final class SetupFailed extends GitFailure {
    public final String command;
    public final String reason;

    public SetupFailed(String command, String reason) {
      super("preparing the worktree with '%s' failed: %s".formatted(command, reason));
      this.command = command;
      this.reason = reason;
    }
  }

  /** The failure of a worktree for which something does not hold that {@code Verify} asks for. */
  public static final class NotVerified extends GitFailure {
    public final Path worktree;

    /** Descriptions of what does not hold, a line each. */
    public final List<String> unmet;

    /** Descriptions of all that was observed, a line each. */
    public final List<String> facts;

    public NotVerified(Path worktree, List<String> unmet, List<String> facts) {
      super("the work in %s is not done: %s".formatted(worktree, String.join("; ", unmet)));
      this.worktree = worktree;
      this.unmet = unmet;
      this.facts = facts;
    }
  }

  /** The failure of a commit or push that would hold known secrets. */
  public static final class SecretInCommits extends GitFailure {

    /** The names of the secrets' variables. */
    public final List<String> secrets;

    /** The places that hold them, such as {@code a.txt in 0123456789}. */
    public final List<String> where;

    public SecretInCommits(List<String> secrets, List<String> where) {
      super(
          "the value of %s stands in %s; nothing was pushed: take it out of these commits (a later one does not help: 'git reset --soft' or 'git rebase -i') and give it another value"
              .formatted(String.join(", ", secrets), String.join(", ", where)));
      this.secrets = secrets;
      this.where = where;
    }
  }

  /**
   * The failure of a git that was killed by a signal before it had done its work, again and again.
   */
  public static final class GitKilled extends GitFailure implements Killed {
    public final String command;

    /** The exit code: 128 plus the signal's number. */
    public final int code;

    public GitKilled(String command, int code) {
      super(
          "'%s' was killed (exit code %d) each time it was tried; is the machine short of memory?"
              .formatted(command, code));
      this.command = command;
      this.code = code;
    }
  }

  /** The failure of git in a way that has no type of its own. */
  public static final class GitError extends GitFailure {
    public final String command;

    /** Git's message. */
    public final String reason;

    public GitError(String command, String reason) {
      super("'%s' failed: %s".formatted(command, reason));
      this.command = command;
      this.reason = reason;
    }
  }
}
