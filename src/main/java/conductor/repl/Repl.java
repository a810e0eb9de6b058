package conductor.repl;

import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.run.execution.SessionChannel;
import conductor.script.Session;
import conductor.script.SessionProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a session: reads texts and commands from a person or a stream, hands them to the run
 * one after the other, and shows the outcomes.
 */
public final class Repl implements SessionProgram.Dialogue {

  private static final int MAX_SHOWN = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final LiveSession running;
  private final SessionChannel prompt;
  private final Prompter prompter;
  private final Out out;
  private final boolean person;
  private final Commands commands;
  private final Answering answering;
  private final AtomicBoolean live = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean over;
  private volatile boolean abandoned;
  private volatile int endedWhenBusy =
      -1; // number of finished entries when one was reported as busy
  private final AtomicBoolean blocked = new AtomicBoolean();

  /**
   * Creates the loop.
   *
   * @param person whether a person types; else a stream is read
   */
  Repl(
      LiveSession running,
      Prompter prompter,
      SessionQuestions questions,
      Out out,
      boolean person,
      Commands commands) {
    this.running = running;
    this.prompt = running.prompt();
    this.prompter = prompter;
    this.out = out;
    this.person = person;
    this.commands = commands;
    this.answering =
        new Answering(
            questions, prompter, prompt.lines(), running::interrupt, this::unanswered, out);
  }

  /**
   * The end of a session.
   *
   * @param result how its run ended
   * @param failed whether anything that was entered failed
   * @param blocked whether it was suspended because nobody is there to answer
   */
  public record Ended(RunResult result, boolean failed, boolean blocked) {}

  /**
   * Runs the session until it is over.
   *
   * @param first entered before anything else
   */
  Ended speak(Optional<Entered> first, RunListener listener) throws InterruptedException {
    prompt.tell(this);
    var result = new AtomicReference<RunResult>();
    var broken = new AtomicReference<RuntimeException>();
    Thread run =
        Thread.ofPlatform()
            .name("session")
            .start(() -> run(RunListener.all(List.of(listener, answering)), result, broken));
    first.ifPresent(this::enter);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = step();
    }
    while (run.isAlive() && !abandoned) {
      run.join(Duration.ofMillis(100));
    }
    if (abandoned) {
      return new Ended(new RunResult.Suspended(), true, false);
    }
    if (broken.get() != null) {
      throw broken.get();
    }
    return new Ended(result.get(), failed.get(), blocked.get());
  }

  /**
   * Interrupts the running entry. Some code, such as a long library call, does not end at once:
   * after a while that is reported, and the next interrupt suspends the session.
   */
  void interrupt() {
    int before = ended.get();
    if (endedWhenBusy == before && !over) {
      abandoned = true;
      running.suspend();
      prompt.lines().end();
      return;
    }
    running.interrupt();
    Thread.ofVirtual().start(() -> tellIfBusy(before));
  }

  private void tellIfBusy(int before) {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ended.get() == before && !over) {
      endedWhenBusy = before;
      out.aside(
          "still busy: a long call of a library cannot be interrupted, and is cancelled when it comes back; Ctrl-C once more leaves the session, to be taken up with 'conductor %s %s'"
              .formatted(running.performs() ? "resume" : "repl", running.id()));
    }
  }

  /**
   * Suspends the session when a stream has ended without an answer; a person who left may still
   * answer from elsewhere.
   */
  private void unanswered(SessionQuestions.Question question) {
    if (!person) {
      blocked.set(true);
      out.wrong(
          "%s is blocked: '%s' waits for an answer and standard input has ended; answer with 'conductor answer %s %s', then go on with 'conductor resume %s'"
              .formatted(
                  running.id(), question.prompt(), running.id(), question.gate(), running.id()));
      running.suspend();
    }
  }

  private void enter(Entered entered) {
    live.set(true);
    prompt.lines().give(entered);
  }

  private void run(
      RunListener listener,
      AtomicReference<RunResult> result,
      AtomicReference<RuntimeException> broken) {
    try {
      result.set(running.run(listener));
    } catch (RuntimeException e) {
      broken.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      prompt.lines().end();
      prompter.wake();
    }
  }

  /**
   * Does what the session asks for next.
   *
   * @return false when it is over
   */
  private boolean step() throws InterruptedException {
    return switch (prompt.lines().awaitWanted()) {
      case NOTHING -> false;
      case LINE -> {
        live.set(true);
        line();
        yield true;
      }
      case ANSWER -> {
        answering.ask();
        yield true;
      }
    };
  }

  /** Reads one text or command. */
  private void line() {
    switch (prompter.next(text -> prompt.session().read(text) == Session.Reading.UNFINISHED)) {
      case Prompter.Input.End _ -> prompt.lines().leave();
      case Prompter.Input.Dropped _ -> {}
      case Prompter.Input.Text(var text) when text.isBlank() -> {}
      case Prompter.Input.Text(var text) when Commands.isCommand(text) -> command(text.strip());
      case Prompter.Input.Text(var text) -> prompt.lines().give(new Entered(text, null));
    }
  }

  private void command(String text) {
    try {
      switch (commands.run(text)) {
        case Commands.Then.Nothing _ -> {}
        case Commands.Then.Leave _ -> prompt.lines().leave();
        case Commands.Then.Enter(var entered) -> prompt.lines().give(entered);
      }
    } catch (Commands.Refused e) {
      failed.set(true);
      out.wrong(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void value(Entered entered, @Nullable Object value) {
    ended.incrementAndGet();
    if (live.get() && value != null) {
      out.result().accept(person ? shortened(prompt.session().shown(value)) : plain(value));
    }
  }

  /** Returns a text cut to a few screens; a stream gets all of it. */
  private static String shortened(String text) {
    if (text.length() <= MAX_SHOWN) {
      return text;
    }
    return "%s… %,d more characters: give it a name and look at a part of it, or keep it in a worktree with WriteFile"
        .formatted(text.substring(0, MAX_SHOWN), text.length() - MAX_SHOWN);
  }

  /** Returns a value as programs read it: a string without quotes. */
  private String plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : prompt.session().shown(value);
  }

  @Override
  public void failed(Entered entered, String told, Throwable error) {
    ended.incrementAndGet();
    if (live.get()) {
      failed.set(true);
      out.wrong(told);
    } else if (entered.file() != null) {
      out.aside(told);
    }
  }

  @Override
  public void interrupted(Entered entered) {
    ended.incrementAndGet();
    if (live.get()) {
      failed.set(true);
      if (running.performs()) {
        out.wrong("cancelled");
      }
    }
  }
}
