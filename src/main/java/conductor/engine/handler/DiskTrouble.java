package conductor.engine.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Tells a disk that is full, read-only or broken from what an effect's own arguments can be blamed
 * for. The former is no reply to an effect: it stops the run, which can be resumed (F10).
 */
public final class DiskTrouble {

  private static final Pattern SAID =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|Read-only file system|Input/output error");

  private DiskTrouble() {}

  /**
   * Stops the run where the operating system says that it is the disk.
   *
   * @param what what could not be done
   * @param said what a program or the system said of it; a remote's words are not of this disk
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
