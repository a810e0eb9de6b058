package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.stream.Stream;

/** Creates the events for files that an agent reports as changed. */
public final class Changes {

  private static final int MOST = 500;

  private Changes() {}

  /**
   * Returns the lines of a text that was added ({@code +}) or removed ({@code -}) as a whole, each
   * with the mark in front.
   */
  public static List<String> marked(String mark, String text) {
    return text.lines().map(line -> mark + line).toList();
  }

  /**
   * Returns the event of a change; no event when the path or the lines are empty.
   *
   * @param path the path of the file
   * @param lines the lines of a diff without its header; the first {@value #MOST} are kept
   */
  public static Stream<Event> of(String path, List<String> lines) {
    if (path.isEmpty() || lines.isEmpty()) {
      return Stream.empty();
    }
    List<String> shown =
        lines.size() <= MOST
            ? lines
            : Stream.concat(
                    lines.stream().limit(MOST),
                    Stream.of("… %d lines more".formatted(lines.size() - MOST)))
                .toList();
    return Stream.of(new Event.Changes(path, count(lines, "+"), count(lines, "-"), shown));
  }

  private static int count(List<String> lines, String mark) {
    return (int)
        lines.stream()
            .filter(line -> line.startsWith(mark) && !line.startsWith(mark.repeat(3) + " "))
            .count();
  }
}
