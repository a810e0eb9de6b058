package conductor.effect;

/**
 * How an effect fails: typed, with data, catchable by scripts, and journaled like any reply (law
 * 6).
 *
 * <p>A concrete failure has exactly one public constructor whose parameters are also public final
 * fields of the same names and types; the message is a function of them. The journal stores type
 * and fields and makes an equal failure from them on replay.
 */
public abstract sealed class Failure extends RuntimeException
    permits AgentFailure,
        CommandFailure,
        FileFailure,
        FileNotTrusted,
        ForgeFailure,
        GatherFailed,
        GitFailure,
        HandlerFailed,
        HandlingFailure,
        Indeterminate,
        IssueFailure,
        NotJournalable,
        PeopleFailure,
        ScriptFailed,
        WorkflowFailure {

  protected Failure(String message) {
    super(message);
  }

  /** As scripts name it and people read it, such as {@code ForgeTimeout: ...}. */
  @SuppressWarnings("OverrideThrowableToString") // the message has no name of its own
  @Override
  public String toString() {
    return getClass().getSimpleName() + ": " + getMessage();
  }
}
