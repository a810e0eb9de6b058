package conductor.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/** A session in a process of its own, one line at a time. */
final class Talking implements AutoCloseable {

  final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  /**
   * Starts conductor.
   *
   * @param errors where what it says besides results goes
   */
  Talking(Project project, Path errors, String... arguments) throws IOException {
    process =
        project
            .builder(new ArrayList<>(), arguments)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    from = process.inputReader(StandardCharsets.UTF_8);
  }

  void say(String line) {
    to.println(line);
  }

  String answer(String line) throws IOException {
    say(line);
    return from.readLine();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
