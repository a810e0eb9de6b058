package conductor.effect;

/**
 * The failure of an effect: typed, with data, catchable by scripts, and journaled like any reply
 * (law 6).
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

  /**
   * Returns the failure's type, as scripts name it, and its message, such as {@code ForgeTimeout:
   * ...}.
   */
  @SuppressWarnings("OverrideThrowableToString") // the message has no name of its own
  @Override
  public String toString() {
    return getClass().getSimpleName() + ": " + getMessage();
  }
}
