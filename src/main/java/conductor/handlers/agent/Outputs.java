package conductor.handlers.agent;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files that hold what an agent said, as people read it. */
public final class Outputs {

  private static final int DEPTH = 4;

  private Outputs() {}

  /**
   * Returns the files below a directory, in the order in which they were begun: {@code log} where a
   * program converses, else {@code out} and {@code err}.
   */
  public static List<Path> of(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return files
          .filter(Outputs::isShown)
          .sorted(Comparator.comparing(file -> order(directory.relativize(file))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }

  /**
   * Returns whether a line of such a file is one of a diff, which people see when they ask for it.
   */
  public static boolean isDiff(Path file, String line) {
    return AgentLog.isDiff(file, line);
  }

  private static boolean isShown(Path file) {
    return switch (file.getFileName().toString()) {
      case "log" -> true;
      case "out", "err" -> !Files.exists(file.resolveSibling("log"));
      default -> false;
    };
  }

  /** Numbers in names count as numbers. */
  private static String order(Path file) {
    return java.util.regex.Pattern.compile("\\d+")
        .matcher(file.toString())
        .replaceAll(number -> "%12s".formatted(number.group()));
  }
}
