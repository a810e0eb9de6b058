package conductor.cli;

/** A command line that cannot be followed; exit code 2. */
public final class Usage extends RuntimeException {
  public Usage(String message) {
    super(message);
  }
}
