package conductor.git;

import conductor.effect.MergeStrategy;
import conductor.handler.Key;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One branch, or one commit of it, on its way into a merged worktree.
 *
 * @param git in the merged worktree
 * @param from the commit that the merged branch is at before
 * @param commit what is brought in
 * @param message of a commit that has none of its own
 */
record Change(Git git, MergeStrategy strategy, String from, String commit, String message) {

  /** Begins it; returns the files in conflict. */
  List<String> apply(Key key) throws InterruptedException {
    Command.Ended done =
        switch (strategy) {
          case MERGE -> git.run("merge", "--no-ff", "-m", message, "-m", trailer(key), commit);
          case SQUASH -> git.run("merge", "--squash", commit);
          case REBASE -> git.run("cherry-pick", "--allow-empty", commit);
        };
    List<String> files = conflicts();
    if (!done.ok() && files.isEmpty() && !isPicking()) {
      throw Git.error(done, strategy == MergeStrategy.REBASE ? "cherry-pick" : "merge", commit);
    }
    return files;
  }

  private static String trailer(Key key) {
    return Commits.TRAILER + ": " + key;
  }

  /** The files that are in conflict now. */
  List<String> conflicts() throws InterruptedException {
    return files("diff", "--name-only", "-z", "--diff-filter=U");
  }

  private List<String> files(String... words) throws InterruptedException {
    return Arrays.stream(git.must(words).split("\0", -1)).filter(file -> !file.isEmpty()).toList();
  }

  /** Those of some files that hold conflict markers. */
  List<String> marked(List<String> files) throws InterruptedException {
    var marked = new ArrayList<String>();
    String markers = "^(<<<<<<< |>>>>>>> |\\|{7} )";
    for (String file : files) {
      boolean there = Files.exists(git.directory().resolve(file));
      if (there
          && git.is("--literal-pathspecs", "grep", "-q", "--no-index", "-E", markers, "--", file)) {
        marked.add(file);
      }
    }
    return marked;
  }

  /** Takes the files as they are now as the resolution. */
  void stage() throws InterruptedException {
    git.must("add", "--all");
  }

  boolean isStaged() throws InterruptedException {
    return !git.is("diff", "--cached", "--quiet");
  }

  private boolean has(String head) throws InterruptedException {
    return Files.exists(Path.of(git.must("rev-parse", "--absolute-git-dir")).resolve(head));
  }

  private boolean isPicking() throws InterruptedException {
    return has("CHERRY_PICK_HEAD");
  }

  /** Commits what is left to commit. A change that is there already makes no commit. */
  void commit(Key key) throws InterruptedException {
    switch (strategy) {
      case MERGE -> {
        if (has("MERGE_HEAD")) {
          git.must("commit", "--quiet", "-m", message, "-m", trailer(key));
        }
      }
      case SQUASH -> {
        if (isStaged()) {
          git.must("commit", "--quiet", "-m", message, "-m", trailer(key));
        }
      }
      case REBASE -> {
        if (isPicking()) {
          git.must("cherry-pick", isStaged() ? "--continue" : "--skip");
        }
      }
    }
  }

  /** Whether it is in: the branch moved and nothing is half done. */
  boolean isDone() throws InterruptedException {
    return !head().equals(from) && !has("MERGE_HEAD") && !isPicking() && conflicts().isEmpty();
  }

  String head() throws InterruptedException {
    return git.must("rev-parse", "HEAD");
  }

  /** Back to before it, as if it had not begun. */
  void undo() throws InterruptedException {
    git.must("reset", "--hard", "--quiet", from);
  }
}
