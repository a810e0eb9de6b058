package conductor.app;

import conductor.effect.Issue;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowEffect.RunWorkflow;
import conductor.effect.WorkflowFailure;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.handler.Handler;
import conductor.run.RunMeta;
import conductor.script.BadParameters;
import conductor.script.ScriptErrors;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs workflows as child runs, each with a directory and a journal of its own. */
final class ChildRuns implements Handler<WorkflowEffect<?>> {

  private final Conductor conductor;
  private final RunDirectory parent;
  private final Path project;
  private final Optional<Issue> issue;

  /**
   * @param issue the parent's, which its children work on too
   */
  ChildRuns(Conductor conductor, RunDirectory parent, Path project, Optional<Issue> issue) {
    this.conductor = conductor;
    this.parent = parent;
    this.project = project;
    this.issue = issue;
  }

  @Override
  public Act<?> act(WorkflowEffect<?> effect) {
    return switch (effect) {
      case RunWorkflow child -> Act.repeatable(call -> ran(child, call));
    };
  }

  private @Nullable Object ran(RunWorkflow child, Call call) throws InterruptedException {
    Act.Work<String> prepare = step -> prepared(child, step);
    String id = call.step("prepare", Act.adoptable(prepare, prepare));
    Act.Work<@Nullable Object> run = step -> executed(child, id, step);
    return call.step(
        "run",
        Act.adoptable(
            run,
            step -> {
              step.ongoing();
              return run.run(step);
            },
            step -> {
              stopped(id);
              return null;
            }));
  }

  private String prepared(RunWorkflow child, Call call) throws InterruptedException {
    String mark = parent.id() + " " + call.key();
    Optional<String> begun =
        conductor.store().all().stream()
            .filter(run -> mark.equals(run.parent()))
            .map(RunMeta::id)
            .findFirst();
    return begun.isPresent() ? begun.get() : prepare(child, mark).id();
  }

  private RunDirectory prepare(RunWorkflow child, String mark) throws InterruptedException {
    try {
      return conductor.prepare(
          new Launch(
              child.workflow(),
              Objects.requireNonNullElse(child.params(), Map.of()),
              issue,
              project,
              Optional.of(mark)));
    } catch (CannotStart | ScriptErrors | BadParameters e) {
      throw new WorkflowFailure.BadWorkflow(child.workflow(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object executed(RunWorkflow child, String id, Call call)
      throws InterruptedException {
    RunDirectory run = conductor.places().state().run(id);
    call.say("runs as " + id);
    try (Execution execution = conductor.take(run)) {
      RunResult result = execution.run(RunListener.none(), () -> call.suspending());
      return switch (result) {
        case RunResult.Done done -> done.value();
        case RunResult.Failed failed ->
            throw new WorkflowFailure.ChildFailed(id, child.workflow(), failed.message());
        case RunResult.Aborted aborted ->
            throw new WorkflowFailure.ChildFailed(id, child.workflow(), aborted.reason());
        case RunResult.Suspended _ -> throw new InterruptedException("the child run was suspended");
      };
    }
  }

  private void stopped(String id) throws InterruptedException {
    try (Execution execution = conductor.take(conductor.places().state().run(id))) {
      execution.stop("its parent was cancelled");
      execution.run(RunListener.none(), () -> false);
    } catch (CannotStart e) {
      return; // it has ended
    }
  }
}
