package conductor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that executes a run.
 *
 * @param v the format
 * @param started the process's start in clock ticks since boot, so that a reused id is not taken
 *     for it
 * @param boot the machine's boot
 * @param since when it took the run
 */
public record Owner(int v, long pid, long started, String boot, Instant since) {

  private static final int FORMAT = 1;
  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /** This process. */
  static Owner current(Instant now) {
    long pid = ProcessHandle.current().pid();
    return new Owner(FORMAT, pid, startTicks(pid), currentBoot(), now);
  }

  /** Who holds, or held, a run; empty when nobody wrote it down. */
  static Optional<Owner> read(Path file) {
    return Files.exists(file)
        ? Optional.of(StateJson.read(file, Owner.class, FORMAT))
        : Optional.empty();
  }

  /** Whether the process lives. */
  public boolean alive() {
    return boot.equals(currentBoot()) && startTicks(pid) == started && started >= 0;
  }

  @Override
  public String toString() {
    return "process " + pid + " (since " + since + ")";
  }

  private static String currentBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Below zero for a process that is gone, or a zombie. */
  private static long startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals("Z") ? -1 : Long.parseLong(fields[START_TIME]);
    } catch (IOException e) {
      return -1;
    }
  }
}
