package conductor.state;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of UTF-8 text that are expected to exist. */
public final class TextFile {

  private TextFile() {}

  /** Returns a file's content, or throws an error with the file's path in its message. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
