package conductor.handlers.worktree;

import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.nio.file.Path;

/** One lock per repository, among the threads and processes of a host, around what contends. */
public final class RepositoryLocks {

  private final StateDirectory state;
  private final Locks locks;

  public RepositoryLocks(StateDirectory state, Locks locks) {
    this.state = state;
    this.locks = locks;
  }

  /** Something done under the lock. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /** Does something while nobody else does under the same repository's lock. */
  public <T> T locked(Path repository, Work<T> work) throws InterruptedException {
    Path file = state.locks().resolve(Worktrees.nameOf(repository) + ".lock");
    return locks.<T, InterruptedException>locked(file, work::run);
  }
}
