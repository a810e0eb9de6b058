package conductor.run.execution;

import conductor.effect.Issue;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowEffect.RunWorkflow;
import conductor.effect.WorkflowFailure;
import conductor.engine.History;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.journal.Outcome;
import conductor.journal.Redactor;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.script.BadParameters;
import conductor.script.ScriptErrors;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.workflow.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs {@code RunWorkflow}: runs a workflow as a child run with a directory and a journal of
 * its own.
 */
record ChildRuns(
    RunDirectory parent, Path project, Optional<Issue> issue, StateDirectory state, Starter starter)
    implements Handler<WorkflowEffect<?>> {

  /** Creates runs and takes them to execute them. */
  interface Starter {

    /** Creates the directory of a run, like {@link Conductor#prepare(Launch)}. */
    RunDirectory prepare(RunRequest launch) throws InterruptedException;

    /** Takes a run to execute it, like {@link Conductor#take}. */
    Child acquire(RunDirectory run);
  }

  /** A child run that this process executes. */
  interface Child extends AutoCloseable {

    /**
     * Executes the child run. An interrupt of the calling thread suspends it when {@code
     * suspending} is true then, else stops it.
     */
    RunResult run(RunListener listener, BooleanSupplier suspending) throws InterruptedException;

    void stop(String reason);

    @Override
    void close();
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
              Optional<Entry.Ended> ended = ended(id);
              if (ended.isPresent()) {
                step.completedAt(ended.get().at());
                return reply(child, id, ended.get());
              }
              step.stillRunning();
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
        new RunStore(state)
            .all().stream().filter(run -> mark.equals(run.parent())).map(RunMeta::id).findFirst();
    return begun.isPresent() ? begun.get() : prepare(child, mark).id();
  }

  private RunDirectory prepare(RunWorkflow child, String mark) throws InterruptedException {
    try {
      return starter.prepare(
          new RunRequest(
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
    RunDirectory run = directory(id);
    call.say("runs as " + id);
    Optional<Entry.Ended> over = ended(id).filter(ended -> !OpenRun.canGoOn(ended));
    if (over.isPresent()) {
      return reply(child, id, over.get());
    }
    try (Child running = starter.acquire(run)) {
      RunResult result = running.run(blocks(id, call), () -> call.suspending());
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

  /** Returns a listener that passes on to the parent that its child waits for a person. */
  private static RunListener blocks(String id, Call call) {
    return new RunListener() {
      @Override
      public void appended(Entry entry) {}

      @Override
      public void blocked(boolean blocked) {
        call.waitsForPerson(blocked ? id + " asks" : "");
      }
    };
  }

  /**
   * Returns how a child run ended, from its journal: the parent may have been killed before it
   * recorded that. Empty when it has not ended.
   */
  private Optional<Entry.Ended> ended(String id) {
    return History.of(JournalFile.read(directory(id).trace()).entries()).ended();
  }

  private @Nullable Object reply(RunWorkflow child, String id, Entry.Ended ended) {
    return switch (ended.outcome()) {
      case Outcome.Value(var value) ->
          new Codec(new Blobs(directory(id).blobs()), Redactor.none()).decode(value);
      case Outcome.Failed _, Outcome.Cancelled _ ->
          throw new WorkflowFailure.ChildFailed(id, child.workflow(), ended.message());
    };
  }

  private RunDirectory directory(String id) {
    return state.run(id);
  }

  private void stopped(String id) throws InterruptedException {
    try (Child running = starter.acquire(directory(id))) {
      running.stop("its parent was cancelled");
      running.run(RunListener.none(), () -> false);
    } catch (CannotStart e) {
      return; // it has ended already
    }
  }
}
