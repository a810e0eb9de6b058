package conductor.report;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.Patch;
import conductor.process.Command;
import conductor.report.Report.Change;
import conductor.report.Report.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Finds what worktrees have against the commits that they began with: with what is not committed
 * yet where the worktree is there, else of its branch. Untracked files are no part of it.
 */
public final class Changes {

  private final Function<Path, Git> git;

  /** Creates the finder, given git in a directory. */
  public Changes(Function<Path, Git> git) {
    this.git = git;
  }

  Change of(WorktreeEnv env, Texts texts) throws InterruptedException {
    String branch = texts.line(env.branch());
    try {
      boolean isThere = Files.isDirectory(env.path());
      if (!isThere && !Files.isDirectory(env.repo())) {
        return new Change(env.id(), branch, List.of(), "its repository is gone");
      }
      Git here = git.apply(isThere ? env.path() : env.repo());
      String[] words =
          isThere
              ? Patch.text(env.baseCommit(), "--")
              : Patch.text(env.baseCommit(), "refs/heads/" + env.branch(), "--");
      Command.Ended diff = here.run(words);
      if (!diff.ok()) {
        return new Change(env.id(), branch, List.of(), "its branch or its first commit is gone");
      }
      List<Line> lines = texts.beginning(diff.out()).lines().map(Changes::line).toList();
      return new Change(env.id(), branch, lines, lines.isEmpty() ? "nothing is changed" : "");
    } catch (GitFailure e) {
      return new Change(env.id(), branch, List.of(), texts.line(String.valueOf(e.getMessage())));
    }
  }

  private static Line line(String text) {
    boolean head =
        text.startsWith("diff ")
            || text.startsWith("index ")
            || text.startsWith("+++ ")
            || text.startsWith("--- ");
    String kind =
        head
            ? "file"
            : text.startsWith("@@")
                ? "hunk"
                : text.startsWith("+") ? "added" : text.startsWith("-") ? "removed" : "";
    return new Line(kind, text);
  }
}
