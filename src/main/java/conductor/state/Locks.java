package conductor.state;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks files, among the threads of a process and the processes of a host. A process has one
 * instance: the system's locks do not tell its threads apart. A thread may take a lock again that
 * it holds. A lock ends with the process that holds it.
 */
public final class Locks {

  private final Map<Path, ReentrantLock> here = new ConcurrentHashMap<>();

  /** Work that is done under a lock. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Runs work while no other thread or process holds the same file's lock, and returns its result.
   *
   * @param file is made with its directory, and stays
   * @throws InterruptedException when interrupted while waiting for the lock
   */
  public <T, E extends Exception> T locked(Path file, Work<T, E> work)
      throws E, InterruptedException {
    ReentrantLock lock = here.computeIfAbsent(file, _ -> new ReentrantLock(true));
    lock.lockInterruptibly();
    try {
      return lock.getHoldCount() > 1 ? work.run() : lockedOnDisk(file, work);
    } finally {
      lock.unlock();
    }
  }

  private static <T, E extends Exception> T lockedOnDisk(Path file, Work<T, E> work)
      throws E, InterruptedException {
    try (FileChannel channel = opened(file)) {
      channel.lock();
      return work.run();
    } catch (FileLockInterruptionException e) {
      throw new InterruptedException("while waiting for " + file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file + ": " + Reason.of(e), e);
    }
  }

  private static FileChannel opened(Path file) throws IOException {
    PrivateFiles.directories(file.getParent());
    return PrivateFiles.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }
}
