package conductor.cli;

/** Exit codes, as documented in docs/commands.md. */
final class Exit {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int BLOCKED = 3;
  static final int BROKEN = 4;

  private Exit() {}

  /** A process that a signal ended. */
  static int signal(int number) {
    return 128 + number;
  }
}
