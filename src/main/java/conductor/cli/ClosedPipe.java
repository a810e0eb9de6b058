package conductor.cli;

/** Nobody reads standard output any more, as after {@code | head -1}: there is nothing to say. */
public final class ClosedPipe extends RuntimeException {
  ClosedPipe() {
    super("standard output was closed");
  }
}
