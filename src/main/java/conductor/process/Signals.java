package conductor.process;

import java.io.IOException;

/** Sends signals to process groups. */
final class Signals {

  private Signals() {}

  /** Sends a signal to a group; does nothing when the group is gone. */
  static void send(String signal, long group) throws InterruptedException {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- -" + group)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CannotRun("cannot send a signal: " + e.getMessage());
    }
  }
}
