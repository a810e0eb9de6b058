package conductor.effect;

import java.nio.file.Path;
import java.time.Duration;

/** How {@code Exec} fails. */
public abstract sealed class CommandFailure extends Failure
    permits CommandFailure.ExecFailed, CommandFailure.ExecTimeout {

  private CommandFailure(String message) {
    super(message);
  }

  /** A command that was to succeed did not. */
  public static final class ExecFailed extends CommandFailure {

    /** what was run */
    public final String command;

    /** 128 plus the signal's number when a signal ended it */
    public final int exitCode;

    /** the end of what it printed */
    public final String output;

    /** all of what it printed */
    public final Path logPath;

    public ExecFailed(String command, int exitCode, String output, Path logPath) {
      super(
          "'%s' ended with exit code %d; its output is in %s%s"
              .formatted(
                  command, exitCode, logPath, output.isBlank() ? "" : ":\n" + output.strip()));
      this.command = command;
      this.exitCode = exitCode;
      this.output = output;
      this.logPath = logPath;
    }
  }

  /** A command took too long and was ended. */
  public static final class ExecTimeout extends CommandFailure {

    /** what was run */
    public final String command;

    /** how long it might take */
    public final Duration limit;

    /** what it printed */
    public final Path logPath;

    public ExecTimeout(String command, Duration limit, Path logPath) {
      super(
          "'%s' did not end within %s and was ended; give Exec a longer timeout, or see %s"
              .formatted(command, Durations.brief(limit), logPath));
      this.command = command;
      this.limit = limit;
      this.logPath = logPath;
    }
  }
}
