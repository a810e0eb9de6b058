package conductor.repl;

import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the prompt a session's questions while nothing else can be typed there. An
 * answer from elsewhere ends the wait.
 */
final class Answering implements RunListener {

  private final LiveSession running;
  private final Prompter prompter;
  private final Consumer<Gate> unanswered;
  private final Out out;
  private @Nullable Thread waiting;
  private boolean answered;

  /** Creates the asker, and who takes a question that nobody is there to answer. */
  Answering(LiveSession running, Prompter prompter, Consumer<Gate> unanswered, Out out) {
    this.running = running;
    this.prompter = prompter;
    this.unanswered = unanswered;
    this.out = out;
  }

  @Override
  public void appended(Entry entry) {}

  @Override
  public void blocked(boolean blocked) {
    if (blocked) {
      running.prompt().lines().ask();
    } else {
      letGo();
    }
  }

  private synchronized void letGo() {
    answered = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Asks the oldest open question, if there is one; a run that is only looked at asks none. */
  void ask() {
    List<Gate> open = running.performs() ? GateList.of(running.run()) : List.of();
    if (!open.isEmpty()) {
      Gate question = open.getFirst();
      setWaiting(true);
      Prompter.Input input = prompter.answer(shape(question));
      setWaiting(false);
      take(question, input);
    }
  }

  private synchronized void setWaiting(boolean begins) {
    waiting = begins ? Thread.currentThread() : null;
    answered &= !begins;
    Thread.interrupted();
  }

  private synchronized boolean isAnswered() {
    return answered;
  }

  private static String shape(Gate question) {
    String options =
        question.options().isEmpty() ? "" : " [" + String.join(", ", question.options()) + "]";
    return question.prompt() + options + " ";
  }

  private void take(Gate question, Prompter.Input input) {
    switch (input) {
      case Prompter.Input.End _ when isAnswered() -> {}
      case Prompter.Input.End _ -> unanswered.accept(question);
      case Prompter.Input.Dropped _ -> running.interrupt().run();
      case Prompter.Input.Text(var text) when !question.accepts(text.strip()) -> {
        out.wrong(
            "'%s' is none of the answers: %s"
                .formatted(text.strip(), String.join(", ", question.options())));
        running.prompt().lines().ask();
      }
      case Prompter.Input.Text(var text) -> {
        if (GateList.answer(running.run(), question, text.strip()).isPresent()) {
          out.aside(question.position() + " was answered before");
        }
      }
    }
  }
}
