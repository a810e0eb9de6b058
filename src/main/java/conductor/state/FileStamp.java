package conductor.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the content of a file from what it was before, without reading it: files of the state are
 * replaced whole. Its own {@code equals} spares a command the code that the JVM would generate.
 *
 * @param modified when it was written, in nanoseconds since 1970
 * @param size in bytes
 */
public record FileStamp(long modified, long size) {

  /** Of what is no regular file, or cannot be looked at; is no file's. */
  public static final FileStamp NONE = new FileStamp(0, -1);

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileStamp stamp && stamp.modified == modified && stamp.size == size;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(modified) * 31 + Long.hashCode(size);
  }

  /** Returns the stamp of a file as it is now. */
  public static FileStamp of(Path file) {
    try {
      var about = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return about.isRegularFile()
          ? new FileStamp(about.lastModifiedTime().to(TimeUnit.NANOSECONDS), about.size())
          : NONE;
    } catch (IOException | UncheckedIOException e) {
      return NONE;
    }
  }
}
