package conductor.handlers.worktree;

import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.nio.file.Path;

/** A lock for each repository, among all threads and processes of a host. */
public record RepositoryLocks(StateDirectory state, Locks locks) {

  /** Work to be done under the lock. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /** Runs work while holding a repository's lock, after waiting for it. */
  public <T> T locked(Path repository, Work<T> work) throws InterruptedException {
    Path file = state.locks().resolve(Worktrees.nameOf(repository) + ".lock");
    return locks.<T, InterruptedException>locked(file, work::run);
  }
}
