package conductor.state;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * What was read from files, each read again only when it has changed. Keeps the values that were
 * asked for last. Safe for use by several threads.
 */
public final class FileCache<T> {

  private final Function<Path, T> read;
  private final LruCache<Path, Kept<T>> kept;

  /**
   * Creates an empty cache.
   *
   * @param most of how many files it keeps what was read
   * @param read reads a file; what it throws is thrown to who asks, and not kept
   */
  public FileCache(int most, Function<Path, T> read) {
    this.kept = new LruCache<>(most);
    this.read = read;
  }

  private record Kept<T>(FileStamp stamp, T value) {}

  /** Returns what is in a file now. */
  public synchronized T of(Path file) {
    FileStamp stamp = FileStamp.of(file); // before it is read: what comes meanwhile is read later
    Kept<T> known = kept.get(file);
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Kept<>(stamp, read.apply(file));
      kept.put(file, known);
    }
    return known.value();
  }
}
