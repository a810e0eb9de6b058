package conductor.handlers.agent;

import conductor.error.Unchecked;
import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.Event;
import conductor.journal.Redactor;
import conductor.process.OutputTimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/**
 * Writes a readable log of the conversation with an agent to the file {@code log} beside a job. It
 * is written from its beginning again when the job is taken up by another process. Secrets are
 * replaced.
 */
final class AgentLog {

  static final String NAME = "log";
  static final String DIFF = "┊ ";

  private final Path file;
  private final Workplace place;
  private final Redactor redactor;
  private final OutputTimes times;
  private boolean begun;
  private boolean midLine;

  AgentLog(Path directory, Workplace place, Redactor redactor) {
    this.file = directory.resolve(NAME);
    this.place = place;
    this.redactor = redactor;
    OutputTimes.begin(file);
    this.times = new OutputTimes(file);
  }

  void prompt(String text) {
    lines("> ", text);
  }

  void tell(Event event) {
    switch (event) {
      case Event.Says(String text) -> append(text);
      case Event.Calls(String _, String tool, String what) -> lines("→ ", tool + " " + what);
      case Event.Returns(String _, boolean ok, String output) ->
          lines(ok ? "✓ " : "✗ ", output.isBlank() ? "done" : output);
      case Event.Changes(String path, int added, int removed, var diff) -> {
        lines("± ", "%s +%d -%d".formatted(place.named(path), added, removed));
        lines(DIFF, String.join("\n", diff));
      }
      case Event.Asks(var permission) -> lines("? ", permission.tool() + " " + permission.what());
      case Event.Waits(String why, var until) ->
          lines("… ", until == null ? why : why + ", until " + until);
      case Event.Unread(String about, boolean _) -> lines("… ", about);
      case Event.Unopened(var trouble, String message) -> lines("✗ ", trouble + ": " + message);
      case Event.Ended ended -> lines("= ", end(ended));
      case Event.Opened _, Event.Began _, Event.Settled _, Event.NotSteered _ -> {}
    }
  }

  private static String end(Event.Ended ended) {
    String how =
        switch (ended.end()) {
          case End.Answered _ -> "done";
          case End.Cancelled _ -> "cancelled";
          case End.Failed(var trouble, String message, var _) -> trouble + ": " + message;
        };
    return "%s, %d tokens in, %d out"
        .formatted(how, ended.usage().inputTokens(), ended.usage().outputTokens());
  }

  private void append(String text) {
    if (!text.isEmpty()) {
      midLine = !text.endsWith("\n");
      write(text);
    }
  }

  private void lines(String mark, String text) {
    String start = midLine ? "\n" : "";
    midLine = false;
    write(start + text.lines().map(line -> mark + line + "\n").collect(Collectors.joining()));
  }

  private void write(String text) {
    var mode = begun ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    String shown = redactor.redact(text);
    Unchecked.get(
        "write " + file, () -> Files.writeString(file, shown, StandardOpenOption.CREATE, mode));
    begun = true;
    times.record();
  }
}
