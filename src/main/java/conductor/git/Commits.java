package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handler.Key;
import conductor.process.Command;
import java.nio.file.Files;
import java.util.Optional;

/** Commits in worktrees, each with its key in a trailer. */
public final class Commits {

  /** The trailer that a commit is found by. */
  public static final String TRAILER = "Conductor-Key";

  private final Git host;

  /**
   * @param host git with the host's environment
   */
  public Commits(Git host) {
    this.host = host;
  }

  /** Git in a worktree. */
  public Git in(WorktreeEnv env) {
    if (!Files.isDirectory(env.path())) {
      throw new GitFailure.GitError(
          "git in " + env.path(), "the worktree " + env.id() + " is gone");
    }
    return host.at(env.path());
  }

  /**
   * Commits what changed.
   *
   * @param all whether new and changed files are staged first
   * @return the commit's id
   */
  public String commit(WorktreeEnv env, String message, boolean all, Key key)
      throws InterruptedException {
    Git git = in(env);
    if (all) {
      git.must("add", "--all");
    }
    if (git.is("diff", "--cached", "--quiet")) {
      throw new GitFailure.NothingToCommit(env.path());
    }
    Command.Ended identity = git.run("var", "GIT_COMMITTER_IDENT");
    if (!identity.ok()) {
      String said =
          identity
              .err()
              .lines()
              .filter(line -> line.contains("fatal"))
              .findFirst()
              .orElse(identity.err().strip());
      throw new GitFailure.NoIdentity(env.repo(), said);
    }
    git.must("commit", "--quiet", "-m", message, "--trailer", TRAILER + ": " + key);
    return git.must("rev-parse", "HEAD");
  }

  /** The commit that was made with a key, if it was. */
  public Optional<String> find(WorktreeEnv env, Key key) throws InterruptedException {
    Git git = in(env);
    String range = env.baseCommit() + "..HEAD";
    return git
        .lines("log", "--format=%H", "--fixed-strings", "--grep", TRAILER + ": " + key, range)
        .stream()
        .findFirst();
  }
}
