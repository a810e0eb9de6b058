package conductor.handlers.agent;

import conductor.handlers.people.Shown;
import conductor.process.Output;
import conductor.state.FileTree;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the readable output files of agents. */
public final class Outputs {

  /** How much of a file is looked through for its last line, in bytes. */
  private static final int TAIL = 4096;

  private static final int DEPTH = 4;

  private Outputs() {}

  /**
   * Returns the output files below a directory, in the order in which they were begun: {@code log}
   * for a program that speaks a protocol, {@code out} and {@code err} for others.
   */
  public static List<Path> of(Path directory) {
    return FileTree.below(directory, DEPTH).stream()
        .filter(Outputs::isShown)
        .sorted(Comparator.comparing(file -> order(directory.relativize(file))))
        .toList();
  }

  /** Returns those below an agent's directory that hold what it said, and not what went wrong. */
  public static List<Path> said(Path agent) {
    return of(agent).stream().filter(file -> !file.endsWith("err")).toList();
  }

  /**
   * The end of what an agent said.
   *
   * @param before how many bytes before it are left out
   */
  public record Ending(String text, long before) {}

  /** Returns the last that an agent said in all its files, at most so many bytes. */
  public static Ending ending(Path agent, int most) {
    var text = new StringBuilder();
    long before = 0;
    int room = most;
    for (Path file : said(agent).reversed()) {
      var output = new Output(file);
      long size = output.size();
      int taken = (int) Math.min(size, room);
      if (taken > 0) {
        String end = output.tail(taken);
        text.insert(0, end.endsWith("\n") || text.isEmpty() ? end : end + "\n");
      }
      room -= taken;
      before += size - taken;
    }
    return new Ending(text.toString(), before);
  }

  /** Returns the last line that an agent said and that is not blank; empty when it said nothing. */
  public static String lastSaid(Path agent) {
    try {
      return lastLine(said(agent));
    } catch (UncheckedIOException e) {
      return ""; // the directory is just being created
    }
  }

  /** Returns the last line in the last of the files that has any, and that is not blank. */
  public static String lastLine(List<Path> files) {
    return files.stream()
        .filter(file -> file.toFile().length() > 0)
        .reduce((_, later) -> later)
        .flatMap(file ->
            Shown.of(new Output(file).tail(TAIL))
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((_, later) -> later))
        .map(String::strip)
        .orElse("");
  }

  /**
   * Output of one turn: a file, or the lines of one that were printed from one moment until before
   * another; an agent that speaks a protocol has one file for several turns.
   */
  public record Part(Path file, Instant from, Instant until) {

    public static Part whole(Path file) {
      return new Part(file, Instant.MIN, Instant.MAX);
    }
  }

  /** Returns the output of the turns that acts asked for, given the acts' keys. */
  public static List<Part> ofTurns(Path agents, Set<String> keys) {
    return FileTree.in(agents).stream()
        .filter(Files::isDirectory)
        .flatMap(agent -> ofTurns(agent, new Turns(agent).all(), keys))
        .toList();
  }

  private static Stream<Part> ofTurns(Path agent, List<Turn> turns, Set<String> keys) {
    var parts = new ArrayList<Part>();
    for (int n = 0; n < turns.size(); n++) {
      if (keys.contains(turns.get(n).request().key())) {
        List<Path> own = of(turns.get(n).directory());
        if (!own.isEmpty()) {
          own.forEach(file -> parts.add(Part.whole(file)));
        } else {
          Instant from = n == 0 ? Instant.MIN : begin(turns, n);
          Instant until = n + 1 == turns.size() ? Instant.MAX : begin(turns, n + 1);
          of(agent).stream()
              .filter(file -> file.endsWith(AgentLog.NAME))
              .forEach(file -> parts.add(new Part(file, from, until)));
        }
      }
    }
    return parts.stream();
  }

  /** A turn that waited for the one before begins when that ends. */
  static Instant begin(List<Turn> turns, int n) {
    Instant asked = turns.get(n).request().askedAt();
    return turns.get(n - 1).end().map(TurnEnd::at).filter(asked::isBefore).orElse(asked);
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
