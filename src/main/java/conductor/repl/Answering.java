package conductor.repl;

import conductor.engine.RunListener;
import conductor.handlers.people.InputLines;
import conductor.journal.Entry;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the prompt a session's questions while nothing else can be typed there. An
 * answer from elsewhere ends the wait.
 */
final class Answering implements RunListener {

  private final SessionQuestions questions;
  private final Prompter prompter;
  private final InputLines lines;
  private final Runnable cancel;
  private final Consumer<SessionQuestions.Question> unanswered;
  private final Out out;
  private @Nullable Thread waiting;
  private boolean answered;

  /**
   * Creates the asker.
   *
   * @param cancel run when the person does not want to answer
   * @param unanswered takes a question that nobody is there to answer
   */
  Answering(
      SessionQuestions questions,
      Prompter prompter,
      InputLines lines,
      Runnable cancel,
      Consumer<SessionQuestions.Question> unanswered,
      Out out) {
    this.questions = questions;
    this.prompter = prompter;
    this.lines = lines;
    this.cancel = cancel;
    this.unanswered = unanswered;
    this.out = out;
  }

  @Override
  public void appended(Entry entry) {}

  @Override
  public void blocked(boolean blocked) {
    if (blocked) {
      lines.ask();
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

  /** Asks the oldest open question, if there is one. */
  void ask() {
    List<SessionQuestions.Question> open = questions.open();
    if (!open.isEmpty()) {
      SessionQuestions.Question question = open.getFirst();
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

  private static String shape(SessionQuestions.Question question) {
    String options =
        question.options().isEmpty() ? "" : " [" + String.join(", ", question.options()) + "]";
    return question.prompt() + options + " ";
  }

  private void take(SessionQuestions.Question question, Prompter.Input input) {
    switch (input) {
      case Prompter.Input.End _ when isAnswered() -> {}
      case Prompter.Input.End _ -> unanswered.accept(question);
      case Prompter.Input.Dropped _ -> cancel.run();
      case Prompter.Input.Text(var text) when !isOption(question, text.strip()) -> {
        out.wrong(
            "'%s' is none of the answers: %s"
                .formatted(text.strip(), String.join(", ", question.options())));
        lines.ask();
      }
      case Prompter.Input.Text(var text) -> {
        if (!questions.answer(question.gate(), text.strip())) {
          out.aside(question.gate() + " was answered before");
        }
      }
    }
  }

  private static boolean isOption(SessionQuestions.Question question, String text) {
    return question.options().isEmpty() || question.options().contains(text);
  }
}
