package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.FileNotTrusted;
import conductor.engine.handler.Key;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An agent's conversation: its turns, one after the other, each a numbered directory. One thread
 * runs them in their order, as long as there are any. Safe for use by several threads.
 */
final class Conversation {

  private static final String STOPPED = "stopped";

  private final AgentRef agent;
  private final Path directory;
  private final Turns turns;
  private final Driver driver;
  private final AgentSettings settings;
  private final AgentLimiter slots;
  private final UnaryOperator<String> redact;
  private final InstantSource clock;
  private final Watched progress;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AgentStatusFile standing;
  private @Nullable Thread runner;
  private @Nullable RuntimeException broken;
  private boolean held;

  Conversation(
      AgentRef agent,
      Path directory,
      Driver driver,
      AgentSettings settings,
      AgentLimiter slots,
      UnaryOperator<String> redact,
      InstantSource clock) {
    this.agent = agent;
    this.directory = directory;
    this.turns = new Turns(directory);
    this.driver = driver;
    this.settings = settings;
    this.slots = slots;
    this.redact = redact;
    this.clock = clock;
    this.standing = new AgentStatusFile(agent, directory, redact, clock);
    this.progress = new Watched(standing, this::tell);
  }

  /** Lets the agent of a directory that was stopped go on. */
  static void reopen(Path directory) {
    FileTree.delete(directory.resolve(STOPPED));
  }

  /** Returns the turn of a key: the one there is, else a new one behind the others. */
  Turn turn(Key key, Turns.Text text, Turns.Limits limits) {
    return turns.of(key, text, limits);
  }

  /** Returns the last turn that is not a key's. */
  Optional<Turn> lastBefore(Key key) {
    return turns.all().stream()
        .filter(turn -> !turn.request().key().equals(key.toString()))
        .reduce((_, later) -> later);
  }

  /** The same within the limits of the agent's settings. */
  Turn turn(Key key, String prompt) {
    AgentSettings.Limits usual = settings.limits();
    return turn(
        key,
        Turns.Text.of(prompt),
        new Turns.Limits(clock.instant(), usual.timeout(), usual.idleTimeout()));
  }

  /** Says something: to the turn that is under way where that can be, else as a turn of its own. */
  Turn say(Key key, String message) {
    Turn turn = turn(key, message);
    boolean next = turns.open().size() == 2;
    if (turn.over() || (next && driver.steer(turn))) {
      return turn;
    }
    run();
    return turn;
  }

  /**
   * Runs turns until one is over, and waits for that.
   *
   * @param watcher told of what goes on meanwhile
   */
  TurnEnd await(Turn turn, Driver.Progress watcher) throws InterruptedException {
    progress.add(watcher);
    try {
      run();
      lock.lockInterruptibly();
      try {
        while (!turn.over() && !stopped()) {
          if (broken != null) {
            throw broken;
          }
          changed.await();
        }
      } finally {
        lock.unlock();
      }
      return turn.end()
          .orElseGet(() -> TurnEnd.of(TurnEnd.How.ABORTED, "stopped", clock.instant()));
    } finally {
      progress.remove(watcher);
    }
  }

  /** Runs the turns that wait, on a thread of its own, until none is left. */
  void run() {
    lock.lock();
    try {
      if (runner == null && !stopped()) {
        runner = Thread.ofVirtual().name(agent.id()).start(this::runAll);
      }
    } finally {
      lock.unlock();
    }
  }

  private void runAll() {
    try {
      for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
        run(next.get());
      }
    } catch (InterruptedException e) {
      left(null);
    } catch (RuntimeException e) {
      left(e);
    }
  }

  private Optional<Turn> next() {
    lock.lock();
    try {
      Optional<Turn> next = stopped() ? Optional.empty() : turns.open().stream().findFirst();
      if (next.isEmpty()) {
        runner = null;
        if (!held) {
          driver.rest();
        }
        changed.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void run(Turn turn) throws InterruptedException {
    status(AgentStatus.PENDING, "waits for a place");
    try (var _ =
        slots.take(
            settings.type(),
            agent.id(),
            directory,
            () -> progress.waits("waits for a free place: other agents run", false))) {
      TurnEnd end = ended(turn);
      if (!stopped()) {
        turn.end(redacted(end));
        status(end.answered() ? AgentStatus.DONE : ended(end), end.answered() ? "" : end.text());
      }
    }
  }

  private TurnEnd ended(Turn turn) throws InterruptedException {
    try {
      return driver.run(turn, progress);
    } catch (FileNotTrusted e) {
      return TurnEnd.of(TurnEnd.How.NOT_TRUSTED, e.file.toString(), clock.instant());
    }
  }

  private static AgentStatus ended(TurnEnd end) {
    return end.how() == TurnEnd.How.ABORTED ? AgentStatus.ABORTED : AgentStatus.ERROR;
  }

  private TurnEnd redacted(TurnEnd end) {
    String structured = end.structured();
    return end.withText(redact.apply(end.text()))
        .withStructured(structured == null ? null : redact.apply(structured));
  }

  private void left(@Nullable RuntimeException error) {
    lock.lock();
    try {
      runner = null;
      broken = error;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    driver.close();
  }

  /** Returns where the agent stands. */
  AgentStatus status() {
    lock.lock();
    try {
      if (stopped()) {
        return AgentStatus.ABORTED;
      }
      AgentStatus now = standing.record().status();
      if (!turns.open().isEmpty()) {
        return now.terminal() ? AgentStatus.RUNNING : now;
      }
      List<Turn> all = turns.all();
      return all.isEmpty()
          ? AgentStatus.PENDING
          : all.getLast().end().filter(TurnEnd::answered).isPresent()
              ? AgentStatus.DONE
              : AgentStatus.ERROR;
    } finally {
      lock.unlock();
    }
  }

  /** Why it stands there; empty when there is nothing to say. */
  String why() {
    return standing.record().why();
  }

  /** Waits until the status is another one, or the time is over. */
  void awaitChange(AgentStatus from, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long nanos = most.toNanos();
      while (status() == from && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends what runs, for good. */
  void stop() throws InterruptedException {
    AtomicFile.write(directory.resolve(STOPPED), "");
    driver.end("stopped");
    for (Turn turn : turns.open()) {
      turn.end(TurnEnd.of(TurnEnd.How.ABORTED, "stopped", clock.instant()));
    }
    status(AgentStatus.ABORTED, "stopped");
  }

  /** Cancels the turn that is under way; the session stays, to be taken up later. */
  void interrupt() throws InterruptedException {
    Thread running = runner();
    if (running != null) {
      driver.interrupt();
      running.join(Duration.ofSeconds(5));
    }
  }

  /** Cancels the turn that is under way, and with it what waits for its answer. */
  void cancelTurn() throws InterruptedException {
    driver.cancel();
  }

  /** More will be said to it soon: what waits for that is kept. */
  void hold() {
    lock.lock();
    try {
      held = true;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is said to it for now: what waits for nothing ends. */
  void rest() {
    lock.lock();
    try {
      held = false;
      if (runner == null) {
        driver.rest();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the thread that runs the turns; the turn goes on. */
  void release() throws InterruptedException {
    Thread running = runner();
    if (running != null) {
      running.interrupt();
      running.join(Duration.ofSeconds(5));
    }
    driver.close();
  }

  /** Ends the processes that wait for more. */
  void end() throws InterruptedException {
    driver.end("the run is over");
  }

  private @Nullable Thread runner() {
    lock.lock();
    try {
      return runner;
    } finally {
      lock.unlock();
    }
  }

  private boolean stopped() {
    return Files.exists(directory.resolve(STOPPED));
  }

  private void status(AgentStatus status, String why) {
    standing.is(status, why);
    tell();
  }

  /** Whoever waits for a change looks again. */
  private void tell() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
