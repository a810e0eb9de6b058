package conductor.handlers.worktree;

import conductor.handlers.git.Git;
import java.util.Optional;

/** Knows which remote the pull requests of a repository are proposed to. */
@FunctionalInterface
public interface ProposalRemote {

  /**
   * Returns its name; empty for the usual one.
   *
   * @param git in the repository
   */
  Optional<String> of(Git git) throws InterruptedException;
}
