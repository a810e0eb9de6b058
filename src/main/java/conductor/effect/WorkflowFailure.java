package conductor.effect;

/** How child runs fail. */
public abstract sealed class WorkflowFailure extends Failure
    permits WorkflowFailure.ChildFailed, WorkflowFailure.BadWorkflow {

  private WorkflowFailure(String message) {
    super(message);
  }

  /** A child run failed. */
  public static final class ChildFailed extends WorkflowFailure {

    /** its id */
    public final String run;

    /** its name */
    public final String workflow;

    /** why */
    public final String message;

    public ChildFailed(String run, String workflow, String message) {
      super("the workflow %s (%s) failed: %s".formatted(workflow, run, message));
      this.run = run;
      this.workflow = workflow;
      this.message = message;
    }
  }

  /** A child run cannot be started. */
  public static final class BadWorkflow extends WorkflowFailure {

    /** as given */
    public final String workflow;

    /** why */
    public final String reason;

    public BadWorkflow(String workflow, String reason) {
      super("the workflow '%s' cannot be run: %s".formatted(workflow, reason));
      this.workflow = workflow;
      this.reason = reason;
    }
  }
}
