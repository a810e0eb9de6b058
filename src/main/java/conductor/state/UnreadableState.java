package conductor.state;

/** A state file that is not what this version of conductor writes; it was not touched. */
public final class UnreadableState extends RuntimeException {
  public UnreadableState(String message) {
    super(message);
  }
}
