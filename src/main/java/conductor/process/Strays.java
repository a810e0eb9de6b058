package conductor.process;

import conductor.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  private static final String BEFORE = "\0" + MARK + "=";

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
    for (long pid : processes()) {
      if (job(pid).equals(Optional.of(job))) {
        killed.add(ProcessIdentity.of(pid));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
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
    return processes().stream()
        .flatMap(pid -> job(pid).map(job -> new Stray(pid, Path.of(job))).stream())
        .filter(stray -> stray.job().startsWith(directory))
        .toList();
  }

  /** Returns the ids of all processes, without a look at each, as {@code ProcessHandle} takes. */
  private static List<Long> processes() {
    return FileTree.names(Path.of("/proc")).stream()
        .filter(name -> Character.isDigit(name.charAt(0)))
        .map(Long::valueOf)
        .toList();
  }

  private static Optional<String> job(long pid) {
    String variables = "\0" + environment(pid);
    int start = variables.indexOf(BEFORE);
    return start < 0
        ? Optional.empty()
        : Optional.of(variables.substring(start + BEFORE.length()).split("\0", 2)[0]);
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
