package conductor.handlers.worktree;

import conductor.effect.MergeStrategy;
import conductor.engine.handler.Key;
import conductor.handlers.git.Conflict;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Message;
import conductor.process.Command;
import conductor.state.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The merge of one branch, or the replay of one commit of it, into the worktree of a {@code
 * MergeBranches}.
 *
 * @param git in the merged worktree
 * @param gitDirectory the merged worktree's own git directory
 * @param from the commit that the merged worktree is at before the change
 * @param commit the commit that is merged or replayed
 * @param message the message of a merge, or the title of a squash
 */
record MergeStep(
    Git git,
    Path gitDirectory,
    MergeStrategy strategy,
    String from,
    String commit,
    String message) {

  private static final List<String> HEADS =
      List.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "MERGE_MSG", "SQUASH_MSG", "sequencer");

  /** Applies the change to the index and files and returns the conflicts. Commits nothing. */
  List<Conflict> apply() throws InterruptedException {
    Command.Ended done = tried();
    if (!done.ok() && done.err().contains("would be overwritten")) {
      // files can differ since the worktree was made, as by line endings; nobody has worked here
      assume("--assume-unchanged");
      done = tried();
      assume("--no-assume-unchanged");
    }
    List<Conflict> conflicts = Conflict.of(git);
    if (!done.ok() && conflicts.isEmpty()) {
      throw Git.error(done, strategy == MergeStrategy.REBASE ? "cherry-pick" : "merge", commit);
    }
    return conflicts;
  }

  private Command.Ended tried() throws InterruptedException {
    return switch (strategy) {
      case MERGE -> merge("--no-ff");
      case SQUASH -> merge("--squash");
      case REBASE ->
          git.run("cherry-pick", "--no-commit", "--allow-empty", "--strategy=ort", commit);
    };
  }

  private void assume(String how) throws InterruptedException {
    String paths = git.text("ls-files", "-z");
    git.textFed(paths, "update-index", how, "-z", "--stdin");
  }

  private Command.Ended merge(String how) throws InterruptedException {
    return git.set("merge.ff", "true")
        .run(
            Git.line(
                "merge --no-commit --no-edit --no-stat --no-log --no-autostash"
                    + " --no-verify-signatures --no-rerere-autoupdate --strategy=ort",
                how,
                commit));
  }

  private boolean isMerging() {
    return Files.exists(gitDirectory.resolve("MERGE_HEAD"));
  }

  /** Returns the command that commits the change; empty when there is nothing to commit. */
  Optional<GitJobs.Spec> commit(Key key) throws InterruptedException {
    if (!isMerging() && Staging.isEmpty(git) && !isEmptyOnPurpose()) {
      return Optional.empty();
    }
    // as git rebase does
    String lenient = strategy == MergeStrategy.REBASE ? " --no-verify --allow-empty" : "";
    Git author = strategy == MergeStrategy.MERGE ? git : CommitCopies.by(git, commit);
    return Optional.of(GitJobs.Spec.git(author, text(key), Git.line(Staging.COMMIT + lenient)));
  }

  private boolean isEmptyOnPurpose() throws InterruptedException {
    return strategy == MergeStrategy.REBASE
        && git.reader().tree(commit).equals(git.reader().tree(commit + "^"));
  }

  private String text(Key key) throws InterruptedException {
    var trailers = new ArrayList<String>();
    return switch (strategy) {
      case REBASE -> git.reader().text(commit).message();
      case MERGE -> Message.with(message, List.of(Commits.trailer(key)));
      case SQUASH -> {
        String base = git.reader().mergeBase(from, commit);
        String text = CommitCopies.squashed(git, message, base, commit, trailers);
        trailers.add(Commits.trailer(key));
        yield Message.with(text, trailers);
      }
    };
  }

  /**
   * Returns whether the change is committed: HEAD's first parent is {@code from}, and no merge or
   * conflict is open.
   */
  boolean isDone() throws InterruptedException {
    return !head().equals(from)
        && git.reader().commit("HEAD^1").equals(Optional.of(from))
        && !isMerging()
        && Conflict.of(git).isEmpty();
  }

  /** Returns whether somebody abandoned the merge, as with {@code git merge --abort}. */
  boolean isGivenUp() throws InterruptedException {
    return strategy == MergeStrategy.MERGE
        && !isMerging()
        && !git.reader().commit("HEAD^2").equals(git.reader().commit(commit));
  }

  String head() throws InterruptedException {
    return git.reader().existing("HEAD");
  }

  /** Removes files that a killed merge wrote but had not yet added to the index. */
  void removeNewFiles() throws InterruptedException {
    git.must("clean", "--force", "--force", "-d", "--quiet");
  }

  /** Resets the worktree to {@code from} and removes the files of an unfinished merge. */
  void undo() throws InterruptedException {
    git.must("reset", "--hard", "--quiet", "--no-recurse-submodules", from);
    for (String head : HEADS) {
      FileTree.delete(gitDirectory.resolve(head));
    }
  }
}
