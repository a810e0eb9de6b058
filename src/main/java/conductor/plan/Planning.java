package conductor.plan;

import conductor.effect.Program;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.RunResult;
import conductor.error.Reason;
import conductor.handlers.worktree.UserCheckout;
import conductor.journal.Entry;
import conductor.plan.Forecast.Check;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.script.BadParameters;
import conductor.script.ScriptErrors;
import conductor.script.Workflow;
import conductor.script.YieldSite;
import conductor.simulation.TypicalHandler;
import conductor.state.FileTree;
import conductor.workflow.CannotStart;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Plans a workflow and those that it runs, answers the effects that run them with the results, and
 * collects what was found. Below five workflows, answers null.
 */
final class Planning {

  private static final int DEEPEST = 5;

  private final Conductor conductor;
  private final RunRequest launch;
  private final Plans.Wish wish;
  private final String base;
  private final UserCheckout checkout;
  private final AtomicInteger asked = new AtomicInteger();

  /** The child workflows that cannot be run. */
  final List<Check> refused = new CopyOnWriteArrayList<>();

  /** The places of all workflows that yield and were not reached. */
  final List<YieldSite> unforeseen = new CopyOnWriteArrayList<>();

  Planning(
      Conductor conductor, RunRequest launch, Plans.Wish wish, String base, UserCheckout checkout) {
    this.conductor = conductor;
    this.launch = launch;
    this.wish = wish;
    this.base = base;
    this.checkout = checkout;
  }

  /**
   * Plans a workflow.
   *
   * @param depth the number of workflows above this one
   */
  Plan plan(String name, Workflow workflow, Program program, int depth)
      throws InterruptedException {
    var children = new CopyOnWriteArrayList<Plan.Child>();
    var typical =
        new TypicalHandler(
            name,
            base,
            wish.stubs(),
            wish.schema(),
            conductor.clock().instant(),
            new TypicalHandler.World() {
              @Override
              public @Nullable Object reply(WorkflowEffect.RunWorkflow child, String position)
                  throws InterruptedException {
                return depth == DEEPEST
                    ? null
                    : Planning.this.reply(child, position, depth + 1, children);
              }

              @Override
              public WorktreeEnv checkout() throws InterruptedException {
                return checkout.of("RUN", _ -> {});
              }
            });
    Plan plan;
    try {
      Path scratch = Files.createTempDirectory("conductor-plan-");
      try {
        plan =
            new Planner(typical, wish.steps(), asked, scratch)
                .plan(program, () -> List.copyOf(children));
      } finally {
        FileTree.delete(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory: " + Reason.of(e), e);
    }
    unforeseen.addAll(0, unforeseen(workflow, plan));
    return plan;
  }

  private @Nullable Object reply(
      WorkflowEffect.RunWorkflow child, String position, int depth, List<Plan.Child> children)
      throws InterruptedException {
    Plan plan = plan(child, depth);
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

  private Plan plan(WorkflowEffect.RunWorkflow child, int depth) throws InterruptedException {
    try {
      Scripts.Found found = conductor.scripts().find(child.workflow(), launch.project());
      Workflow workflow = conductor.scripts().compile(found);
      found.mustHaveIssue(workflow, launch.issue().isPresent());
      Map<String, ?> params = Objects.requireNonNullElse(child.params(), Map.of());
      Program program = workflow.program(params, launch.issue().orElse(null));
      return plan(found.name(), workflow, program, depth);
    } catch (CannotStart | ScriptErrors | BadParameters e) {
      var failure =
          new WorkflowFailure.BadWorkflow(child.workflow(), String.valueOf(e.getMessage()));
      refused.add(new Check("workflow", false, String.valueOf(failure.getMessage())));
      throw failure;
    }
  }

  /**
   * Returns the places where the script yields and that were not reached. Of the files that it
   * loaded only places in methods that were reached.
   */
  private static List<YieldSite> unforeseen(Workflow workflow, Plan plan) {
    Set<String> calls = new LinkedHashSet<>();
    for (Entry entry : plan.entries()) {
      switch (entry) {
        case Entry.Asked asked -> calls.addAll(asked.calls());
        case Entry.Branched branched -> calls.addAll(branched.calls());
        default -> {}
      }
    }
    return workflow.needs().sites().stream()
        .filter(site -> calls.stream().noneMatch(site::covers))
        .filter(site ->
            site.file().equals(workflow.fileName()) || calls.stream().anyMatch(site::isAround))
        .toList();
  }
}
