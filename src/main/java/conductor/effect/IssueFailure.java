package conductor.effect;

/** How effects on issues fail. */
public abstract sealed class IssueFailure extends Failure
    permits IssueFailure.IssueNotFound, IssueFailure.BadIssue {

  private IssueFailure(String message) {
    super(message);
  }

  /** There is no such issue. */
  public static final class IssueNotFound extends IssueFailure {

    /** as given */
    public final String id;

    /** what there is */
    public final String hint;

    public IssueNotFound(String id, String hint) {
      super("there is no issue '%s'%s".formatted(id, hint));
      this.id = id;
      this.hint = hint;
    }
  }

  /** An issue's file cannot be read. */
  public static final class BadIssue extends IssueFailure {

    /** the file */
    public final String file;

    /** where and why */
    public final String reason;

    public BadIssue(String file, String reason) {
      super("%s: %s".formatted(file, reason));
      this.file = file;
      this.reason = reason;
    }
  }
}
