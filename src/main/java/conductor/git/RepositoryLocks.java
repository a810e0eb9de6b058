package conductor.git;

import conductor.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per repository, among the threads and processes of a host, around what contends. */
public final class RepositoryLocks {

  private final StateDirectory state;
  private final Map<Path, ReentrantLock> here = new ConcurrentHashMap<>();

  public RepositoryLocks(StateDirectory state) {
    this.state = state;
  }

  /** Something done under the lock. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /** Does something while nobody else does under the same repository's lock. */
  public <T> T locked(Path repository, Work<T> work) throws InterruptedException {
    ReentrantLock lock = here.computeIfAbsent(repository, key -> new ReentrantLock(true));
    lock.lockInterruptibly();
    try {
      Files.createDirectories(state.locks());
      Path file = state.locks().resolve(Worktrees.nameOf(repository) + ".lock");
      if (lock.getHoldCount() > 1) {
        return work.run();
      }
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        return work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + repository + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }
}
