package conductor.cli.view;

import conductor.handlers.agent.Outputs;
import conductor.handlers.people.Shown;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What agents said last, for those who look at them. */
final class AgentWords {

  private static final int TAIL = 4096;

  private AgentWords() {}

  /** Returns the last line that is not blank; empty while an agent said nothing. */
  static String last(RunDirectory run, String agent) {
    return newest(run.agent(agent)).map(AgentWords::lastLine).orElse("");
  }

  /** Returns the newest text that people read; what a program prints for machines is none. */
  private static Optional<Path> newest(Path directory) {
    try {
      return Outputs.of(directory).stream()
          .filter(file -> !file.endsWith("err") && file.toFile().length() > 0)
          .reduce((_, later) -> later);
    } catch (java.io.UncheckedIOException e) {
      return Optional.empty(); // it is just being made
    }
  }

  private static String lastLine(Path file) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Math.max(0, in.length() - TAIL));
      var bytes = new byte[TAIL];
      int length = Math.max(0, in.read(bytes));
      return Shown.of(new String(bytes, 0, length, StandardCharsets.UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce((_, line) -> line)
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
