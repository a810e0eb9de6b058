package conductor.handlers.agent;

import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.FileFailure;
import conductor.effect.FileNotTrusted;
import conductor.engine.handler.Key;
import conductor.handlers.agent.protocol.Unequipped;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one agent: its turns, each a numbered directory, which one thread runs one
 * after the other. Safe for use by several threads.
 */
final class Conversation {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int MOST_LOOKS = 100;

  /** How often it is looked whether an agent printed more, of which nobody tells. */
  private static final Duration LOOKS = Duration.ofMillis(500);

  private final AgentRef agent;
  private final Path directory;
  private final Turns turns;
  private final Driver driver;
  private final AgentSettings settings;
  private final Conversations.Context context;
  private final InstantSource clock;
  private final ProgressBroadcast progress;
  private final AgentStatusFile statusFile;
  private @Nullable Thread runner;
  private @Nullable RuntimeException broken;
  private boolean driving;
  private boolean keptAlive;

  Conversation(
      AgentRef agent,
      Path directory,
      Driver driver,
      AgentSettings settings,
      Conversations.Context context) {
    this.agent = agent;
    this.directory = directory;
    this.turns = new Turns(directory);
    this.driver = driver;
    this.settings = settings;
    this.context = context;
    this.clock = context.clock();
    this.statusFile = new AgentStatusFile(agent, directory, context.redactor()::redact, clock);
    this.progress = new ProgressBroadcast(statusFile, this::tell);
  }

  AgentSettings settings() {
    return settings;
  }

  static void reopen(Path directory) {
    FileTree.delete(new Turns(directory).stopped());
  }

  /** Returns the turn of a key, which is added at the end if it does not exist. */
  Turn turn(Key key, Turns.Text text, Turns.Limits limits) {
    return turns.of(key, text, limits);
  }

  Optional<Turn> lastBefore(Key key) {
    return turns.all().stream()
        .filter(turn -> !turn.request().key().equals(key.toString()))
        .reduce((_, later) -> later);
  }

  /** Returns the turn of a key, added with the settings' limits if it does not exist. */
  Turn turn(Key key, String prompt) {
    AgentSettings.Limits usual = settings.limits();
    return turn(
        key,
        Turns.Text.of(prompt),
        new Turns.Limits(clock.instant(), usual.timeout(), usual.idleTimeout()));
  }

  /** Sends a message, into the running turn if that is possible, and returns its turn. */
  Turn say(Key key, String message) {
    Turn turn = turn(key, message);
    boolean next = turns.open().size() == 2;
    if (turn.over() || (next && driver.steer(turn))) {
      return turn;
    }
    run();
    return turn;
  }

  /** Runs turns until a given one is over or the agent is stopped; tells a watcher meanwhile. */
  TurnEnd await(Turn turn, Driver.Progress watcher) throws InterruptedException {
    progress.add(watcher);
    try {
      run();
      awaitEnd(turn);
      return turn.end()
          .orElseGet(() -> TurnEnd.of(TurnEnd.How.ABORTED, "stopped", clock.instant()));
    } finally {
      progress.remove(watcher);
    }
  }

  private synchronized void awaitEnd(Turn turn) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    while (!turn.over() && !stopped()) {
      if (broken != null) {
        throw broken;
      }
      wait();
    }
  }

  /** Starts a thread that runs the waiting turns, unless one runs or the agent is stopped. */
  synchronized void run() {
    if (runner == null && !stopped()) {
      runner = Thread.ofVirtual().name(agent.id()).start(this::runAll);
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

  private synchronized Optional<Turn> next() {
    Optional<Turn> next = stopped() ? Optional.empty() : turns.open().stream().findFirst();
    if (next.isEmpty()) {
      runner = null;
      if (!keptAlive) {
        driver.closeIdle();
      }
      notifyAll();
    }
    return next;
  }

  private void run(Turn turn) throws InterruptedException {
    if (!statusFile.isThere()) {
      status(AgentStatus.PENDING, "");
    }
    try (var _ = context.slots().take(settings.type(), agent.id(), directory, this::waits)) {
      if (begins()) {
        drive(turn);
      }
    }
  }

  private void drive(Turn turn) throws InterruptedException {
    try {
      TurnEnd end = ended(turn);
      if (!stopped()) {
        turn.end(end.redacted(context.redactor()::redact));
        status(end.status(), end.answered() ? "" : end.text());
      }
    } finally {
      rests();
    }
  }

  /** Notes that the driver begins a turn, unless the agent was stopped meanwhile. */
  private synchronized boolean begins() {
    driving = !stopped();
    return driving;
  }

  private synchronized void rests() {
    driving = false;
    notifyAll();
  }

  /** Waits a moment for the driver to end its turn, and returns whether it goes on. */
  private synchronized boolean goesOn() throws InterruptedException {
    if (driving) {
      TimeUnit.MILLISECONDS.timedWait(this, LOOK.toMillis());
    }
    return driving;
  }

  private void waits() {
    status(AgentStatus.PENDING, "waits for a place");
    progress.waits("waits for a free place: other agents run", false);
  }

  private TurnEnd ended(Turn turn) throws InterruptedException {
    try {
      return driver.run(turn, progress);
    } catch (FileNotTrusted e) {
      return TurnEnd.of(TurnEnd.How.NOT_TRUSTED, e.file.toString(), clock.instant());
    } catch (Unequipped e) {
      String why = String.valueOf(e.getMessage());
      return TurnEnd.of(TurnEnd.How.UNAVAILABLE, why, clock.instant());
    } catch (FileFailure e) { // the directory that it is to start in
      return TurnEnd.of(TurnEnd.How.FAILED, String.valueOf(e.getMessage()), clock.instant());
    }
  }

  private void left(@Nullable RuntimeException error) {
    synchronized (this) {
      runner = null;
      broken = error;
      notifyAll();
    }
    driver.close();
  }

  synchronized AgentStatus status() {
    if (stopped()) {
      return AgentStatus.ABORTED;
    }
    AgentStatus now = statusFile.status();
    if (!turns.open().isEmpty()) {
      return now.terminal() ? AgentStatus.RUNNING : now;
    }
    List<Turn> all = turns.all();
    return all.isEmpty()
        ? AgentStatus.PENDING
        : all.getLast().end().filter(TurnEnd::answered).isPresent()
            ? AgentStatus.DONE
            : AgentStatus.ERROR;
  }

  String why() {
    return statusFile.why();
  }

  synchronized void awaitChange(AgentStatus from, Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (status() == from && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }

  /** Waits until the status is another one, or there is news, for which it looks now and then. */
  synchronized void awaitNews(AgentStatus from, BooleanSupplier news, Duration most)
      throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (status() == from && !news.getAsBoolean()) {
      long left = Math.min(deadline - System.nanoTime(), LOOKS.toNanos());
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Stops the agent: ends its processes and open turns, and runs no further turns. */
  void stop() throws InterruptedException {
    AtomicFile.write(turns.stopped(), "");
    int looks = 0;
    do {
      driver.end("stopped"); // which does not end a process that is only about to start
    } while (goesOn() && ++looks < MOST_LOOKS);
    for (Turn turn : turns.open()) {
      turn.end(TurnEnd.of(TurnEnd.How.ABORTED, "stopped", clock.instant()));
    }
    status(AgentStatus.ABORTED, "stopped");
  }

  /** Cancels the running turn so that it can be continued when the run is resumed. */
  void interrupt() throws InterruptedException {
    Thread running = runner();
    if (running != null) {
      driver.interrupt();
      running.join(Duration.ofSeconds(5));
    }
  }

  void cancelTurn() throws InterruptedException {
    driver.cancel();
  }

  /** Keeps the agent's process alive between turns, because another prompt follows soon. */
  synchronized void keepAlive() {
    keptAlive = true;
  }

  /** Ends what {@link #keepAlive} began: lets the process end as soon as no turn runs. */
  synchronized void closeIdle() {
    keptAlive = false;
    if (runner == null) {
      driver.closeIdle();
    }
  }

  /** Ends the thread that runs the turns; the agent's process continues. */
  void release() throws InterruptedException {
    Thread running = runner();
    if (running != null) {
      running.interrupt();
      running.join(Duration.ofSeconds(5));
    }
    driver.close();
  }

  /** Ends processes that wait for another prompt, because the run is over. */
  void end() throws InterruptedException {
    driver.end("the run is over");
  }

  private synchronized @Nullable Thread runner() {
    return runner;
  }

  private boolean stopped() {
    return Files.exists(turns.stopped());
  }

  private void status(AgentStatus status, String why) {
    statusFile.is(status, why);
    tell();
  }

  private synchronized void tell() {
    notifyAll();
  }
}
