package conductor.effect;

/** The failures of child runs. */
public abstract sealed class WorkflowFailure extends Failure
    permits WorkflowFailure.ChildFailed, WorkflowFailure.BadWorkflow {

  private WorkflowFailure(String message) {
    super(message);
  }

  /** The failure of a child run that was started. */
  public static final class ChildFailed extends WorkflowFailure {

    /** The child run's id. */
    public final String run;

    /** The workflow's name. */
    public final String workflow;

    /** The child run's error message. */
    public final String message;

    public ChildFailed(String run, String workflow, String message) {
      super("the workflow %s (%s) failed: %s".formatted(workflow, run, message));
      this.run = run;
      this.workflow = workflow;
      this.message = message;
    }
  }

  /** The failure of a child run that cannot be started. */
  public static final class BadWorkflow extends WorkflowFailure {

    /** The workflow as given. */
    public final String workflow;

    /** The reason. */
    public final String reason;

    public BadWorkflow(String workflow, String reason) {
      super("the workflow '%s' cannot be run: %s".formatted(workflow, reason));
      this.workflow = workflow;
      this.reason = reason;
    }
  }
}
