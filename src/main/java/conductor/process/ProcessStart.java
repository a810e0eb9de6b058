package conductor.process;

import java.io.IOException;

/**
 * Starts processes, each with an end of its own.
 *
 * <p>The JVM notes a process's end by its id, and keeps the note while someone reads what a
 * grandchild may still print. A process that the system gives the same id meanwhile is then over
 * for the JVM at once, with the exit code of the other one and without output. It is started anew
 * before it can have done anything that matters.
 */
public final class ProcessStart {

  private ProcessStart() {}

  /** Starts a process as {@link ProcessBuilder#start} does. */
  public static Process of(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    while (isMistaken(process)) {
      process.toHandle().destroyForcibly();
      process = builder.start();
    }
    return process;
  }

  /** Returns whether the JVM holds a process for ended that the system has. */
  private static boolean isMistaken(Process process) {
    return !process.isAlive() && process.toHandle().isAlive();
  }
}
