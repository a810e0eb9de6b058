package conductor.config;

/** A project brings programs that nobody said may run here. */
public final class NotTrusted extends RuntimeException {

  NotTrusted(String message) {
    super(message);
  }
}
