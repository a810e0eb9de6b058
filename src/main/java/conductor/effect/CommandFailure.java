package conductor.effect;

import java.nio.file.Path;
import java.time.Duration;

/** The failures of {@code Exec}. */
public abstract sealed class CommandFailure extends Failure {

  private CommandFailure(String message) {
    super(message);
  }

  /** The failure of a command that was to succeed and did not. */
  public static final class ExecFailed extends CommandFailure {
    public final String command;

    /** The exit code; 128 plus the signal's number when a signal ended the command. */
    public final int exitCode;

    /** The end of what the command printed. */
    public final String output;

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

  /** The failure of a command that took too long and was ended. */
  public static final class ExecTimeout extends CommandFailure {
    public final String command;
    public final Duration limit;
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
