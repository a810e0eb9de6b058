package conductor.repl;

import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.run.execution.SessionChannel;
import conductor.run.record.Gate;
import conductor.script.Session;
import conductor.script.SessionProgram;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final InstantSource clock;
  private final Answering answering;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean live;
  private volatile boolean underWay;
  private volatile Instant begun = Instant.MIN;
  private volatile String last = "";
  private volatile boolean failed;
  private volatile boolean blocked;
  private volatile boolean over;
  private volatile boolean abandoned;
  private volatile int endedWhenBusy =
      -1; // number of finished entries when one was reported as busy

  /** Creates the loop, in which a person types or a stream is read. */
  Repl(LiveSession running, Prompter prompter, Out out, boolean person, Names names) {
    this.running = running;
    this.prompt = running.prompt();
    this.prompter = prompter;
    this.out = out;
    this.person = person;
    this.clock = names.conductor().clock();
    this.commands = new Commands(running, prompter, () -> last, names, out);
    this.answering = new Answering(running, prompter, this::unanswered, out);
  }

  /**
   * The end of a session.
   *
   * @param result how its run ended
   * @param failed whether anything that was entered failed
   * @param blocked whether it was suspended because nobody is there to answer
   * @param underWay whether the outcome of what was entered last was not told
   */
  public record Ended(RunResult result, boolean failed, boolean blocked, boolean underWay) {}

  /** Runs the session until it is over; an entry may come before anything else. */
  Ended speak(Optional<Entered> first, RunListener listener) throws InterruptedException {
    prompt.tell(this);
    var run = new FutureTask<>(() -> run(RunListener.all(List.of(listener, answering))));
    Thread session = Thread.ofPlatform().name("session").start(run);
    first.ifPresent(entered -> {
      live = true;
      give(entered);
    });
    boolean goesOn = true;
    while (goesOn) {
      goesOn = step();
    }
    while (session.isAlive() && !abandoned) {
      session.join(Duration.ofMillis(100));
    }
    if (abandoned) {
      return new Ended(new RunResult.Suspended(), true, false, true);
    }
    try {
      return new Ended(run.get(), failed, blocked, underWay);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new IllegalStateException(e);
    }
  }

  /**
   * Interrupts the running entry. Some code, such as a long library call, does not end at once:
   * after a while that is reported, and the next interrupt suspends the session.
   */
  void interrupt() {
    int before = ended.get();
    if (endedWhenBusy == before && !over) {
      abandoned = true;
      running.suspend().run();
      prompt.lines().end();
      return;
    }
    running.interrupt().run();
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
  private void unanswered(Gate question) {
    if (!person) {
      blocked = true;
      out.wrong(
          "%s is blocked: '%s' waits for an answer and standard input has ended; answer with 'conductor answer %s %s', then go on with 'conductor resume %s'"
              .formatted(
                  running.id(),
                  question.prompt(),
                  running.id(),
                  question.position(),
                  running.id()));
      running.suspend().run();
    }
  }

  private RunResult run(RunListener listener) throws InterruptedException {
    try {
      return running.program().run(listener);
    } finally {
      over = true;
      prompt.lines().end();
      if (running.fork().made().isEmpty()) { // else the prompter goes on with the fork
        prompter.wake();
      }
    }
  }

  /** Does what the session asks for next; returns false when it is over. */
  private boolean step() throws InterruptedException {
    return switch (prompt.lines().awaitWanted()) {
      case NOTHING -> false;
      case LINE -> {
        live = true;
        line();
        yield running.fork().made().isEmpty(); // what is typed next is entered in the fork
      }
      case ANSWER -> {
        answering.ask();
        yield true;
      }
    };
  }

  private void line() {
    switch (prompter.next(text -> prompt.session().read(text) == Session.Reading.UNFINISHED)) {
      case Prompter.Input.End _ -> prompt.lines().leave();
      case Prompter.Input.Dropped _ -> {}
      case Prompter.Input.Text(var text) when text.isBlank() -> {}
      case Prompter.Input.Text(var text) when Commands.isCommand(text) -> command(text.strip());
      case Prompter.Input.Text(var text) -> give(new Entered(text, null));
    }
  }

  private void give(Entered entered) {
    underWay = true;
    begun = clock.instant();
    prompt.lines().give(entered);
  }

  private void command(String text) {
    try {
      switch (commands.run(text)) {
        case Commands.Then.Nothing _ -> {}
        case Commands.Then.Leave _ -> prompt.lines().leave();
        case Commands.Then.Enter(var entered) -> give(entered);
      }
    } catch (Commands.Refused e) {
      failed = true;
      out.wrong(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void value(Entered entered, @Nullable Object value) {
    if (isTold() && value != null) {
      last = person ? prompt.session().shown(value) : plain(value);
      out.result().accept(person ? shortened(last) : last);
    }
    tellTime();
  }

  private void tellTime() {
    if (live && commands.times()) {
      out.aside("%.2f s".formatted(Duration.between(begun, clock.instant()).toMillis() / 1000.0));
    }
  }

  /** Returns a text cut to a few screens; a stream gets all of it. */
  private static String shortened(String text) {
    if (text.length() <= MAX_SHOWN) {
      return text;
    }
    return "%s… %,d more characters: /more shows all of it; or give it a name and look at a part"
        .formatted(text.substring(0, MAX_SHOWN), text.length() - MAX_SHOWN);
  }

  /** Counts the outcome of an entry, and returns whether the person is to see it. */
  private boolean isTold() {
    underWay = false;
    return ended.getAndIncrement() >= running.told() || live;
  }

  private String plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : prompt.session().shown(value);
  }

  @Override
  public void failed(Entered entered, String told, Throwable error) {
    if (isTold()) {
      failed = true;
      out.wrong(told);
    } else if (entered.file() != null && running.told() == Integer.MAX_VALUE) {
      out.aside(told);
    }
    tellTime();
  }

  @Override
  public void interrupted(Entered entered) {
    if (isTold()) {
      failed = true;
      if (running.performs()) {
        out.wrong("cancelled");
      }
    }
  }
}
