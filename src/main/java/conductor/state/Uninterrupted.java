package conductor.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs input and output to its end on a thread that is interrupted: an interrupt closes the channel
 * that the thread uses, and what was to be written would be taken for lost. The interrupt is kept
 * for afterwards.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  /** What may be begun again when it was cut. */
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
          // an interrupt came meanwhile
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
