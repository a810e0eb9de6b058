package conductor.handlers.worktree;

import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The directory that an effect starts from. Its repository is looked for when it is first asked
 * for, and not again: one object serves one effect. Belongs to one thread.
 */
final class StartingPlace {

  private final Git git;
  private @Nullable Repository repository;

  /**
   * @param git git in the directory
   */
  StartingPlace(Git git) {
    this.git = git;
  }

  Git git() {
    return git;
  }

  /**
   * Returns the repository of the directory.
   *
   * @throws conductor.effect.GitFailure.NotARepository when there is none that can be used
   */
  Repository repository() throws InterruptedException {
    if (repository == null) {
      repository = Repository.of(git);
    }
    return repository;
  }
}
