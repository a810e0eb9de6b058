package conductor.handlers.agent.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was said to an agent program ({@code "> "}) and what it said ({@code "< "}), in order. */
public record Recording(List<Line> lines) {

  public Recording {
    lines = List.copyOf(lines);
  }

  public record Line(boolean said, String text) {}

  /** A dialogue, and all that it told. */
  public record Retold(Dialogue dialogue, List<Event> events) {}

  public static Recording read(String name) throws IOException {
    return new Recording(
        Files.readAllLines(Path.of("src/test/resources/transcripts", name)).stream()
            .map(line -> new Line(line.startsWith("> "), line.substring(2)))
            .toList());
  }

  public Recording first(int count) {
    return new Recording(lines.subList(0, count));
  }

  public Recording after(int count) {
    return new Recording(lines.subList(count, lines.size()));
  }

  /** Tells a dialogue line by line. */
  public Retold live(Dialogue dialogue) {
    return new Retold(dialogue, tell(dialogue, lines));
  }

  /** Tells a dialogue what was said, then what was heard, as one that takes it up. */
  public Retold takenUp(Dialogue dialogue) {
    tell(dialogue, lines.stream().filter(Line::said).toList());
    return new Retold(
        dialogue, tell(dialogue, lines.stream().filter(line -> !line.said()).toList()));
  }

  private static List<Event> tell(Dialogue dialogue, List<Line> lines) {
    var events = new ArrayList<Event>();
    for (Line line : lines) {
      if (line.said()) {
        dialogue.said(line.text());
      } else {
        events.addAll(dialogue.heard(line.text()));
      }
    }
    return events;
  }
}
