package conductor.effect;

/** The failures of child runs. */
public abstract sealed class WorkflowFailure extends Failure {

  private WorkflowFailure(String message) {
    super(message);
  }

  /** The failure of a child run that was started. */
  public static final class ChildFailed extends WorkflowFailure {
    public final String run;
    public final String workflow;
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
    public final String workflow;
    public final String reason;

    public BadWorkflow(String workflow, String reason) {
      super("the workflow '%s' cannot be run: %s".formatted(workflow, reason));
      this.workflow = workflow;
      this.reason = reason;
    }
  }
}
