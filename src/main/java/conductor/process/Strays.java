package conductor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds and kills processes of jobs, whatever session or parent they have, by a variable in their
 * environment.
 */
public final class Strays {

  /** The variable that every process of a job inherits. */
  static final String MARK = "CONDUCTOR_JOB";

  private static final Duration GRACE = Duration.ofSeconds(3);

  private Strays() {}

  /**
   * A process of a job.
   *
   * @param job the job's directory
   */
  public record Stray(long pid, Path job) {}

  static void kill(String job) {
    var killed = new ArrayList<ProcessIdentity>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (job(process.pid()).equals(Optional.of(job))) {
        process.destroyForcibly();
        killed.add(ProcessIdentity.of(process.pid()));
      }
    }
    awaitDeath(killed);
  }

  /** Polls, because they need not be children, whose end one could wait for. */
  private static void awaitDeath(List<ProcessIdentity> killed) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (killed.stream().anyMatch(ProcessIdentity::alive) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Returns the processes of all jobs below a directory that live now. */
  public static List<Stray> below(Path directory) {
    return ProcessHandle.allProcesses()
        .flatMap(process ->
            job(process.pid()).map(job -> new Stray(process.pid(), Path.of(job))).stream())
        .filter(stray -> stray.job().startsWith(directory))
        .toList();
  }

  private static Optional<String> job(long pid) {
    String name = MARK + "=";
    return Arrays.stream(environment(pid).split("\0", -1))
        .filter(variable -> variable.startsWith(name))
        .map(variable -> variable.substring(name.length()))
        .findFirst();
  }

  private static String environment(long pid) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
