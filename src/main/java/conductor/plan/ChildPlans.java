package conductor.plan;

import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowFailure;
import conductor.engine.RunResult;
import conductor.run.execution.Conductor;
import conductor.script.BadParameters;
import conductor.script.ScriptErrors;
import conductor.script.Workflow;
import conductor.simulation.TypicalHandler;
import conductor.workflow.CannotStart;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Plans the child workflows that a workflow runs, and answers the effects that run them with the
 * results. Below five workflows, answers null.
 */
final class ChildPlans implements TypicalHandler.Children {

  private static final int DEEPEST = 5;

  private final Conductor conductor;
  private final Path project;
  private final Optional<Issue> issue;
  private final Planning planning;
  private final int depth;
  private final List<Plan.Child> children = new CopyOnWriteArrayList<>();

  /** Plans one workflow at a time. */
  interface Planning {

    /**
     * Plans a workflow.
     *
     * @param children plans the workflow's own children
     */
    Plan of(String name, Workflow workflow, Program program, ChildPlans children)
        throws InterruptedException;

    /** Notes that a child workflow cannot be run. */
    void refused(String why);
  }

  /**
   * Returns the plans of a workflow's children, none yet.
   *
   * @param depth the number of workflows above this one
   */
  ChildPlans(
      Conductor conductor, Path project, Optional<Issue> issue, Planning planning, int depth) {
    this.conductor = conductor;
    this.project = project;
    this.issue = issue;
    this.planning = planning;
    this.depth = depth;
  }

  /** Returns the children that were planned so far. */
  List<Plan.Child> planned() {
    return List.copyOf(children);
  }

  @Override
  public @Nullable Object reply(WorkflowEffect.RunWorkflow child, String position)
      throws InterruptedException {
    if (depth == DEEPEST) {
      return null;
    }
    Plan plan = plan(child);
    children.add(new Plan.Child(position, child.workflow(), plan));
    return switch (plan.result()) {
      case RunResult.Done done -> done.value();
      case RunResult.Failed failed -> throw failed(child, failed.message());
      case RunResult.Aborted aborted -> throw failed(child, aborted.reason());
      case RunResult.Suspended _ -> throw new InterruptedException("the plan was left");
    };
  }

  private static WorkflowFailure failed(WorkflowEffect.RunWorkflow child, String message) {
    return new WorkflowFailure.ChildFailed("planned", child.workflow(), message);
  }

  private Plan plan(WorkflowEffect.RunWorkflow child) throws InterruptedException {
    try {
      Scripts.Found found = conductor.scripts().find(child.workflow(), project);
      Workflow workflow = conductor.scripts().compile(found);
      found.mustHaveIssue(workflow, issue.isPresent());
      Program program =
          workflow.program(
              Objects.requireNonNullElse(child.params(), Map.of()), issue.orElse(null));
      var below = new ChildPlans(conductor, project, issue, planning, depth + 1);
      return planning.of(found.name(), workflow, program, below);
    } catch (CannotStart | ScriptErrors | BadParameters e) {
      var failure =
          new WorkflowFailure.BadWorkflow(child.workflow(), String.valueOf(e.getMessage()));
      planning.refused(String.valueOf(failure.getMessage()));
      throw failure;
    }
  }
}
