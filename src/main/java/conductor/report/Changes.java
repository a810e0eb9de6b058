package conductor.report;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Diff;
import conductor.handlers.git.Git;
import conductor.handlers.git.Patch;
import conductor.report.Report.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Finds what worktrees have against the commits that they began with: with what is not committed
 * yet where the worktree is there, else of its branch. Untracked files are no part of it.
 */
public final class Changes {

  private static final Diff NONE = new Diff(List.of(), false);

  private final Function<Path, Git> git;

  /** Creates the finder, given git in a directory. */
  public Changes(Function<Path, Git> git) {
    this.git = git;
  }

  Change of(WorktreeEnv env, Texts texts) throws InterruptedException {
    String branch = texts.line(env.branch());
    if (!env.inGit()) {
      return new Change(env.id(), branch, NONE, env.path() + " is in no git repository");
    }
    try {
      Diff diff = texts.diff(of(env));
      String why = diff.files().isEmpty() ? "nothing is changed" : "";
      return new Change(env.id(), branch, diff, why);
    } catch (GitFailure.GitError e) {
      return new Change(env.id(), branch, NONE, texts.line(e.reason));
    } catch (GitFailure e) {
      return new Change(env.id(), branch, NONE, texts.line(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Returns what a worktree has against the commit that it began with: texts as they are, secrets
   * too.
   *
   * @throws GitFailure.GitError when the repository, the commit or the branch is gone
   */
  public Diff of(WorktreeEnv env) throws InterruptedException {
    boolean isThere = Files.isDirectory(env.path());
    if (!isThere && !Files.isDirectory(env.repo())) {
      throw new GitFailure.GitError("git diff", "its repository is gone");
    }
    Git here = git.apply(isThere ? env.path() : env.repo());
    String branch = "refs/heads/" + env.branch();
    if (here.reader().commit(env.baseCommit()).isEmpty()
        || (!isThere && here.reader().commit(branch).isEmpty())) {
      throw new GitFailure.GitError("git diff", "its branch or its first commit is gone");
    }
    return isThere
        ? Patch.read(here, Patch.text(env.baseCommit(), "--"))
        : here.reader().difference(env.baseCommit(), branch);
  }
}
