package conductor.engine.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Tells errors of a disk that is full, read-only or broken from errors that an effect's own
 * arguments cause. The former are no replies to an effect: they stop the run, which can be resumed
 * (F10).
 */
public final class DiskTrouble {

  private static final Pattern SAID =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|Read-only file system|Input/output error");

  private DiskTrouble() {}

  /**
   * Stops the run when a message of the operating system is about the disk; returns otherwise.
   *
   * @param what the operation that failed, for the error's message
   * @param said what a program or the system printed; lines of a remote are not about this disk
   * @throws UncheckedIOException when a line is about the disk
   */
  public static void stopIfSaid(String what, String said) {
    said.lines()
        .filter(line -> !line.startsWith("remote:") && SAID.matcher(line).find())
        .findFirst()
        .ifPresent(line -> {
          throw new UncheckedIOException(what + ": " + line.strip(), new IOException(line));
        });
  }
}
