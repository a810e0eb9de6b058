package conductor.cli;

/** A command line that cannot be followed; exit code 2. */
final class Usage extends RuntimeException {
  Usage(String message) {
    super(message);
  }
}
