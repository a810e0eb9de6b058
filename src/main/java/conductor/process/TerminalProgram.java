package conductor.process;

import java.io.IOException;

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
}
