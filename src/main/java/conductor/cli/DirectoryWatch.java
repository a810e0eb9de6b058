package conductor.cli;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition on the files in a directory. */
public final class DirectoryWatch {

  public static final Duration FOREVER = Duration.ofDays(10_000);

  /** Some changes, such as the death of a process, cause no event. */
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

  private final Path directory;
  private final Supplier<List<Path>> more;

  public DirectoryWatch(Path directory) {
    this(directory, List::of);
  }

  /** Creates a watch on further directories too, which may come and go. */
  public DirectoryWatch(Path directory, Supplier<List<Path>> more) {
    this.directory = directory;
    this.more = more;
  }

  /** Waits at most so long for a condition; returns whether it became true in time. */
  public boolean until(BooleanSupplier isTrue, Duration most) throws InterruptedException {
    Instant deadline = Instant.now().plus(most);
    try (var watch = directory.getFileSystem().newWatchService()) {
      register(directory, watch);
      while (!isTrue.getAsBoolean()) {
        registerMore(watch);
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

  private static void register(Path directory, WatchService watch) throws IOException {
    directory.register(
        watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
  }

  private void registerMore(WatchService watch) {
    for (Path further : more.get()) {
      try {
        register(further, watch); // once more is the same
      } catch (IOException e) {
        // gone again, or there are no watches left: it is looked at in intervals
      }
    }
  }
}
