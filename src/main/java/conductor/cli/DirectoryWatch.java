package conductor.cli;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition on the files in a directory. */
public final class DirectoryWatch {

  public static final Duration FOREVER = Duration.ofDays(10_000);

  /** Some changes, such as the death of a process, cause no event. */
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

  private final Path directory;

  public DirectoryWatch(Path directory) {
    this.directory = directory;
  }

  /** Waits at most so long for a condition; returns whether it became true in time. */
  public boolean until(BooleanSupplier isTrue, Duration most) throws InterruptedException {
    Instant deadline = Instant.now().plus(most);
    try (var watch = directory.getFileSystem().newWatchService()) {
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!isTrue.getAsBoolean()) {
        Duration left = Duration.between(Instant.now(), deadline);
        if (!left.isPositive()) {
          return false;
        }
        long millis = Math.min(left.toMillis() + 1, CHECK_INTERVAL.toMillis());
        WatchKey key = watch.poll(millis, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + directory + ": " + Reason.of(e), e);
    }
  }
}
