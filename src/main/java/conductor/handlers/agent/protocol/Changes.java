package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.stream.Stream;

/** Makes one event of each file that an agent tells it changed. */
public final class Changes {

  private static final int MOST = 500;

  private Changes() {}

  /** Returns the lines of a text that was added ({@code +}) or taken away ({@code -}) whole. */
  public static List<String> marked(String mark, String text) {
    return text.lines().map(line -> mark + line).toList();
  }

  /**
   * Returns the event of a change.
   *
   * @param path the file; without one there is no event
   * @param lines as in a diff, without its header; the first {@value #MOST} are shown
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
