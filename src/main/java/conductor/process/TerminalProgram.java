package conductor.process;

import java.io.IOException;

/** Runs a program that has the terminal of this process for itself, such as an editor. */
public final class TerminalProgram {

  private TerminalProgram() {}

  /**
   * Runs a command line in a shell and waits for its end.
   *
   * @param argument appended as the last argument
   * @return the exit code
   */
  public static int run(String command, String argument) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", argument)
        .inheritIO()
        .start()
        .waitFor();
  }
}
