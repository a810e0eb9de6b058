package conductor.handlers.worktree;

import conductor.handlers.git.Git;
import java.util.Optional;

/** Chooses the remote that the pull requests of a repository are proposed to. */
@FunctionalInterface
public interface ProposalRemote {

  /**
   * Returns the remote's name; empty for the usual remote.
   *
   * @param git in the repository
   */
  Optional<String> of(Git git) throws InterruptedException;
}
