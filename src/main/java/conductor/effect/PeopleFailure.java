package conductor.effect;

import java.time.Duration;

/** The failures of questions to people. */
public abstract sealed class PeopleFailure extends Failure {

  private PeopleFailure(String message) {
    super(message);
  }

  /** The failure of a question without a default that nobody answered in time. */
  public static final class GateTimeout extends PeopleFailure {
    public final String prompt;
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
