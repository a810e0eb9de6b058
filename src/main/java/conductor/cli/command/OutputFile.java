package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.cli.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the file that {@code --output} names. */
final class OutputFile {

  private OutputFile() {}

  /**
   * Returns the file to write, which may be there already.
   *
   * @param usual its name in the current directory when none is given
   * @throws UsageError when no file can be there
   */
  static Path of(CommandContext context, @Nullable Path given, String usual) {
    Path file = context.directory().resolve(given == null ? Path.of(usual) : given).normalize();
    if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling(""))) {
      throw new UsageError("--output must be a file in a directory that is there, found " + file);
    }
    return file;
  }
}
