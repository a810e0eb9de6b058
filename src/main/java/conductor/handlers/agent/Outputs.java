package conductor.handlers.agent;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the readable output files of agents. */
public final class Outputs {

  private static final int DEPTH = 4;

  private Outputs() {}

  /**
   * Returns the output files below a directory, in the order in which they were begun: {@code log}
   * for a program that speaks a protocol, {@code out} and {@code err} for others.
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

  /** Returns whether a line of an output file belongs to a diff, which is only shown on request. */
  public static boolean isDiff(Path file, String line) {
    return file.endsWith(AgentLog.NAME) && line.startsWith(AgentLog.DIFF);
  }

  private static boolean isShown(Path file) {
    return switch (file.getFileName().toString()) {
      case "log" -> true;
      case "out", "err" -> !Files.exists(file.resolveSibling("log"));
      default -> false;
    };
  }

  /** Returns a sort key in which numbers in names are ordered by value. */
  private static String order(Path file) {
    return java.util.regex.Pattern.compile("\\d+")
        .matcher(file.toString())
        .replaceAll(number -> "%12s".formatted(number.group()));
  }
}
