package conductor.git;

import conductor.effect.WorktreeEnv;
import java.util.Optional;

/**
 * The work that a worktree holds and nothing else does.
 *
 * @param git in the worktree
 */
public record Work(Git git, WorktreeEnv env) {

  /** Files that differ from the last commit. */
  public int uncommitted() throws InterruptedException {
    return git.lines("status", "--porcelain").size();
  }

  /** Commits that no other branch, here or at a remote, has. */
  public int unmerged() throws InterruptedException {
    return Integer.parseInt(
        git.must(
            "rev-list",
            "--count",
            "HEAD",
            "--not",
            "--exclude=" + env.branch(),
            "--branches",
            "--remotes"));
  }

  /** What would be lost, in words; empty when nothing would. */
  public Optional<String> losses() throws InterruptedException {
    int files = uncommitted();
    int commits = unmerged();
    if (files + commits == 0) {
      return Optional.empty();
    }
    return Optional.of("%d uncommitted files, %d unmerged commits".formatted(files, commits));
  }

  /** Keeps all of it reachable under {@code refs/conductor/trash/}. */
  void toTrash() throws InterruptedException {
    String commit = git.must("rev-parse", "HEAD");
    if (uncommitted() > 0) {
      git.must("add", "--all");
      String tree = git.must("write-tree");
      commit =
          identified()
              .must("commit-tree", tree, "-p", commit, "-m", "Uncommitted work of " + env.id());
    }
    git.must("update-ref", "refs/conductor/trash/" + env.id(), commit);
  }

  private Git identified() {
    Git named = git;
    for (String role : new String[] {"AUTHOR", "COMMITTER"}) {
      named =
          named
              .with("GIT_" + role + "_NAME", "conductor")
              .with("GIT_" + role + "_EMAIL", "conductor@localhost");
    }
    return named;
  }
}
