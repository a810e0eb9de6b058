package conductor.cli;

/**
 * Thrown when standard output is no longer read, as after {@code | head -1}. It ends a command
 * without a message.
 */
public final class ClosedPipe extends RuntimeException {
  ClosedPipe() {
    super("standard output was closed");
  }
}
