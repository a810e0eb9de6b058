package conductor.effect;

/**
 * The failures of handlers in scripts as such. What handlers throw themselves is passed on as it
 * is.
 */
public abstract sealed class HandlingFailure extends Failure {

  private HandlingFailure(String message) {
    super(message);
  }

  /** The failure of a handler that answered with something that is no reply of the effect. */
  public static final class WrongReply extends HandlingFailure {
    public final String effect;

    /** The type of the effect's reply. */
    public final String expected;

    public final String found;

    public WrongReply(String effect, String expected, String found) {
      super("the handler of %s must answer with %s, found %s".formatted(effect, expected, found));
      this.effect = effect;
      this.expected = expected;
      this.found = found;
    }
  }

  /** The failure of handlers that perform one another's effects without an end. */
  public static final class EndlessHandling extends HandlingFailure {
    public final String effect;
    public final int depth;

    public EndlessHandling(String effect, int depth) {
      super(
          "the handlers of %s performed effects that scripts handle, %d deep in one another, without an end"
              .formatted(effect, depth));
      this.effect = effect;
      this.depth = depth;
    }
  }
}
