package conductor.process;

import java.io.IOException;

/** A program that has the terminal of this process for itself, such as an editor. */
public final class Attended {

  private Attended() {}

  /**
   * Runs a command line of the shell and waits for its end.
   *
   * @param argument its last argument
   * @return its exit code
   */
  public static int run(String command, String argument) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", argument)
        .inheritIO()
        .start()
        .waitFor();
  }
}
