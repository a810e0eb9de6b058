package conductor.cli;

import conductor.run.record.RunStatus;

/** Exit codes, as documented in docs/commands.md. */
public final class Exit {

  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int BLOCKED = 3;
  public static final int BROKEN = 4;

  private Exit() {}

  /** Returns the exit code with which {@code run} would have ended for a run with this status. */
  public static int of(RunStatus status) {
    return switch (status) {
      case DONE -> OK;
      case ERROR, ABORTED -> FAILED;
      case BLOCKED, PENDING, RUNNING -> BLOCKED;
      case INTERRUPTED -> signal(2);
    };
  }

  public static int signal(int number) {
    return 128 + number;
  }
}
