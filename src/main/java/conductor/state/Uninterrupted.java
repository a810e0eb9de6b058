package conductor.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs input and output to its end on a thread that is interrupted: an interrupt closes the channel
 * that the thread uses, and what was to be written would be lost. Sets the thread's interrupt again
 * afterwards.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  /** Input or output that may be begun again when an interrupt cut it short. */
  interface Work {
    void run() throws IOException;
  }

  static void run(Work work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          work.run();
          return;
        } catch (ClosedByInterruptException e) {
          // the interrupt closed the channel: begin again
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
