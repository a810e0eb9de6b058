package conductor.effect;

/** The failures of effects on issues. */
public abstract sealed class IssueFailure extends Failure {

  private IssueFailure(String message) {
    super(message);
  }

  /** The failure to find an issue. */
  public static final class IssueNotFound extends IssueFailure {
    public final String id;

    /** Hint at what there is; may be empty. */
    public final String hint;

    public IssueNotFound(String id, String hint) {
      super("there is no issue '%s'%s".formatted(id, hint));
      this.id = id;
      this.hint = hint;
    }
  }

  /** The failure of an issue whose file cannot be read. */
  public static final class BadIssue extends IssueFailure {
    public final String file;

    /** The place in the file, and the reason. */
    public final String reason;

    public BadIssue(String file, String reason) {
      super("%s: %s".formatted(file, reason));
      this.file = file;
      this.reason = reason;
    }
  }
}
