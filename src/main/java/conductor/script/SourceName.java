package conductor.script;

import java.net.URI;
import java.nio.file.Path;

/**
 * Reads the names by which the compilers know sources: a file as the user gave it, or the URI of a
 * loaded file.
 */
public final class SourceName {

  private SourceName() {}

  public static Path file(String name) {
    return name.startsWith("file:") ? Path.of(URI.create(name)) : Path.of(name);
  }

  /** Returns the file's name without directories. */
  public static String last(String name) {
    return file(name).getFileName().toString();
  }
}
