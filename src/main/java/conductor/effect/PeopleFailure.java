package conductor.effect;

import java.time.Duration;

/** The failures of questions to people. */
public abstract sealed class PeopleFailure extends Failure permits PeopleFailure.GateTimeout {

  private PeopleFailure(String message) {
    super(message);
  }

  /** The failure of a question without a default that nobody answered in time. */
  public static final class GateTimeout extends PeopleFailure {

    /** The question. */
    public final String prompt;

    /** The time for which an answer was waited for. */
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
