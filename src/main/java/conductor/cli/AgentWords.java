package conductor.cli;

import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What agents said last, for those who look at them. */
final class AgentWords {

  private static final int TAIL = 4096;

  private AgentWords() {}

  /** The last line that is not blank; empty while an agent said nothing. */
  static String last(RunDirectory run, String agent) {
    return newest(run.agent(agent)).map(AgentWords::lastLine).orElse("");
  }

  /** Its readable log, else the output of its last turn. */
  private static Optional<Path> newest(Path directory) {
    Path log = directory.resolve("log");
    if (Files.exists(log)) {
      return Optional.of(log);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.endsWith("out") && file.toFile().length() > 0)
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty(); // it is just being made
    }
  }

  private static String lastLine(Path file) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Math.max(0, in.length() - TAIL));
      var bytes = new byte[TAIL];
      int length = Math.max(0, in.read(bytes));
      return new String(bytes, 0, length, StandardCharsets.UTF_8)
          .replaceAll("\\u001b\\[[0-9;?]*[A-Za-z]", "")
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
