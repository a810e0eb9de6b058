package conductor.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The identity of a process, which tells it from later processes with the same id. Reads {@code
 * /proc}: Linux only.
 *
 * @param started in clock ticks since the boot; below 0 for a process that is gone
 * @param boot the id of the machine's boot
 */
public record ProcessIdentity(long pid, long started, String boot) {

  private static final int STATE = 0;
  private static final int START_TIME = 19;

  public static ProcessIdentity current() {
    return of(ProcessHandle.current().pid());
  }

  /** Returns the identity of the process that has an id now. */
  static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, ticks(pid), currentBoot());
  }

  /** Returns whether the process lives; a zombie does not. */
  public boolean alive() {
    return started >= 0 && boot.equals(currentBoot()) && ticks(pid) == started;
  }

  private static String currentBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return fields.get(STATE).equals("Z") ? -1 : Long.parseLong(fields.get(START_TIME));
    } catch (IOException e) {
      return -1;
    }
  }
}
