package conductor.git;

import conductor.effect.WorktreeEnv;
import conductor.handler.Key;
import java.util.Optional;

/**
 * The trees of worktrees as the effects of a run left them: commits under {@code
 * refs/conductor/RUN/}, each upon the commit that was checked out. Files that git ignores are not
 * in them.
 *
 * @param git git with the host's environment
 */
public record Trees(Git git) {

  private static final String ROOT = "refs/conductor/";

  private static String ref(Key key, WorktreeEnv env) {
    return ROOT + key.run() + "/" + key.fileName().replace("..", "._") + "/" + env.id();
  }

  /** Keeps a worktree as it is now, for an effect. One that is gone is left out. */
  void keep(Key key, WorktreeEnv env) throws InterruptedException {
    if (!new Work(git, env).present()) {
      return;
    }
    Git here = git.at(env.path());
    String tree = Staged.all(here, index -> index.must("write-tree"));
    String head = here.must("rev-parse", "HEAD");
    String commit = here.asConductor().must("commit-tree", tree, "-p", head, "-m", "After " + key);
    here.must("update-ref", ref(key, env), commit);
  }

  /** The commit that keeps a worktree as an effect left it. */
  public Optional<String> kept(Key key, WorktreeEnv env) throws InterruptedException {
    var found = git.at(env.repo()).run("rev-parse", "--verify", "--quiet", ref(key, env));
    return found.ok() ? Optional.of(found.out().strip()) : Optional.empty();
  }
}
