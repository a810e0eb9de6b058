package conductor.effect;

import java.time.Duration;

/** How questions to people fail. */
public abstract sealed class PeopleFailure extends Failure permits PeopleFailure.GateTimeout {

  private PeopleFailure(String message) {
    super(message);
  }

  /** Nobody answered in time, and the question has no default. */
  public static final class GateTimeout extends PeopleFailure {

    /** the question */
    public final String prompt;

    /** how long was waited */
    public final Duration limit;

    public GateTimeout(String prompt, Duration limit) {
      super(
          "nobody answered '%s' within %s; give Ask a default"
              .formatted(prompt, Durations.brief(limit)));
      this.prompt = prompt;
      this.limit = limit;
    }
  }
}
