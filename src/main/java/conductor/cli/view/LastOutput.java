package conductor.cli.view;

import conductor.handlers.agent.Outputs;
import conductor.handlers.people.Shown;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the last line that an agent wrote, for display. */
final class LastOutput {

  private static final int TAIL = 4096;

  private LastOutput() {}

  /** Returns an agent's last line that is not blank; empty while it has written none. */
  static String last(RunDirectory run, String agent) {
    return newest(run.agent(agent)).map(LastOutput::lastLine).orElse("");
  }

  /** Returns the newest output file that is not empty; standard error does not count. */
  private static Optional<Path> newest(Path directory) {
    try {
      return Outputs.of(directory).stream()
          .filter(file -> !file.endsWith("err") && file.toFile().length() > 0)
          .reduce((_, later) -> later);
    } catch (java.io.UncheckedIOException e) {
      return Optional.empty(); // the directory is just being created
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
