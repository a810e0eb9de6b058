package conductor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Runs a program that has the terminal of this process for itself, such as an editor. */
public final class TerminalProgram {

  private TerminalProgram() {}

  /** Runs a command line with one more argument in a shell; returns the exit code. */
  public static int run(String command, String argument) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", argument)
        .inheritIO()
        .start()
        .waitFor();
  }

  /**
   * Runs a program in a directory; returns the exit code.
   *
   * @param environment all of its variables
   * @throws CannotRun when the program cannot be started
   */
  public static int run(String program, Path directory, Map<String, String> environment)
      throws InterruptedException {
    var builder = new ProcessBuilder(program).directory(directory.toFile()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return ProcessStart.of(builder).waitFor();
    } catch (IOException e) {
      throw new CannotRun("cannot start " + program + ": " + e.getMessage());
    }
  }
}
