package conductor.engine;

import conductor.engine.handler.Act;
import conductor.engine.handler.Key;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Journals the steps of effects, each with an intent and a reply of its own. Belongs to the loop's
 * thread.
 */
final class Steps {

  private final Trace trace;
  private final History history;
  private final String run;
  private final InstantSource clock;
  private final Consumer<HandlerTask> onStillRunning;

  Steps(
      Trace trace,
      History history,
      String run,
      InstantSource clock,
      Consumer<HandlerTask> onStillRunning) {
    this.trace = trace;
    this.history = history;
    this.run = run;
    this.clock = clock;
    this.onStillRunning = onStillRunning;
  }

  /**
   * Answers a handler that is about to take a step: with the outcome that the journal holds, or,
   * once the step's intent is on disk, with the mode and key to take it with.
   */
  void begins(LoopEvent.StepBegins step) {
    Position position = step.performance().pending.position.step(step.name());
    Optional<Outcome> outcome = history.step(position);
    step.answer()
        .complete(
            outcome.isPresent()
                ? new HandlerTask.Step.Recorded(outcome.get())
                : toDo(step, position));
  }

  private HandlerTask.Step toDo(LoopEvent.StepBegins step, Position position) {
    Optional<Entry.Asked> open =
        history.asked(position).filter(asked -> asked.epoch() >= step.epoch());
    if (open.isPresent()) {
      return toDo(open.get(), step.performance().mode);
    }
    if (!step.performance().hasCompleted()) {
      onStillRunning.accept(step.performance());
    }
    Entry.Asked intent = intent(step.performance().pending, position);
    if (step.performance().mode != Mode.ABANDON) {
      trace.append(intent);
      if (!(step.act() instanceof Act.Repeatable)) {
        trace.sync();
      }
    }
    return toDo(intent, Mode.FRESH);
  }

  private HandlerTask.Step toDo(Entry.Asked intent, Mode mode) {
    return new HandlerTask.Step.ToDo(intent.position(), Key.of(run, intent), mode, intent.at());
  }

  private Entry.Asked intent(Pending pending, Position position) {
    return new Entry.Asked(
        clock.instant(),
        position,
        pending.effect(),
        JsonNodeFactory.instance.objectNode(),
        null,
        pending.request.hash(),
        history.epoch(),
        List.of());
  }

  void ends(LoopEvent.StepEnds step) {
    var ended = new Entry.Replied(clock.instant(), step.position(), step.outcome(), false);
    trace.append(ended);
    history.stepped(ended);
    step.written().complete(true);
  }
}
