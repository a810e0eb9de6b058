package conductor.handlers.worktree;

import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.nio.file.Path;

/** A lock for each repository, among all threads and processes of a host. */
public final class RepositoryLocks {

  private final StateDirectory state;
  private final Locks locks;

  public RepositoryLocks(StateDirectory state, Locks locks) {
    this.state = state;
    this.locks = locks;
  }

  /** Work to be done under the lock. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /**
   * Runs work while holding a repository's lock; waits for it as long as somebody else holds it.
   */
  public <T> T locked(Path repository, Work<T> work) throws InterruptedException {
    Path file = state.locks().resolve(Worktrees.nameOf(repository) + ".lock");
    return locks.<T, InterruptedException>locked(file, work::run);
  }
}
