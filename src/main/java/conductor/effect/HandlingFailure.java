package conductor.effect;

/** How handlers in scripts fail for what they are; what they throw themselves is passed on. */
public abstract sealed class HandlingFailure extends Failure
    permits HandlingFailure.WrongReply, HandlingFailure.EndlessHandling {

  private HandlingFailure(String message) {
    super(message);
  }

  /** A handler answered with something that is no reply of the effect. */
  public static final class WrongReply extends HandlingFailure {

    /** the effect's name */
    public final String effect;

    /** the type of its reply */
    public final String expected;

    /** what the handler answered */
    public final String found;

    public WrongReply(String effect, String expected, String found) {
      super("the handler of %s must answer with %s, found %s".formatted(effect, expected, found));
      this.effect = effect;
      this.expected = expected;
      this.found = found;
    }
  }

  /** Handlers perform one another without an end. */
  public static final class EndlessHandling extends HandlingFailure {

    /** the effect's name */
    public final String effect;

    /** how deep they were nested */
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
