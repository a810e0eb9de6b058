package conductor.run.record;

/** Another live process executes the run. */
public final class OwnedElsewhere extends RuntimeException {
  public OwnedElsewhere(String message) {
    super(message);
  }
}
