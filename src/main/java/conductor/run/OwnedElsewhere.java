package conductor.run;

/** Another live process executes the run. */
public final class OwnedElsewhere extends RuntimeException {
  public OwnedElsewhere(String message) {
    super(message);
  }
}
