package conductor.script;

import java.net.URI;
import java.nio.file.Path;

/** The names by which compilers know texts: a file as the user gave it, or a loaded file's URI. */
public final class SourceName {

  private SourceName() {}

  /** Returns the file that a name stands for. */
  public static Path file(String name) {
    return name.startsWith("file:") ? Path.of(URI.create(name)) : Path.of(name);
  }

  /** Returns its file's name without directories. */
  public static String last(String name) {
    return file(name).getFileName().toString();
  }
}
