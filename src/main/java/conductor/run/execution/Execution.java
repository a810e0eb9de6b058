package conductor.run.execution;

import conductor.effect.Program;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.handlers.agent.Conversations;
import conductor.handlers.people.Gates;
import conductor.journal.Entry;
import conductor.run.record.InboxWatch;
import conductor.run.record.MetaWriter;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One execution of a run by this process, from taking its lock to releasing it. */
public final class Execution implements ChildRuns.Child {

  private final OpenRun opened;
  private final MetaWriter meta;
  private final Program program;
  private final Wiring wiring;
  private final Optional<SessionChannel> prompt;
  private final InstantSource clock;
  private final Optional<Notifications> notifications;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  private final Run engine;
  private final InboxHandler letters;

  Execution(
      OpenRun opened,
      MetaWriter meta,
      Program program,
      Handlers handlers,
      Wiring wiring,
      Parking parking,
      Optional<SessionChannel> prompt,
      Notifications.Channels channels,
      InstantSource clock) {
    this.opened = opened;
    this.meta = meta;
    this.program = program;
    this.wiring = wiring;
    this.prompt = prompt;
    this.clock = clock;
    this.notifications = notifications(channels);
    this.engine =
        new Run(
            id(),
            opened.journal(),
            opened.codec(),
            handlers,
            parking,
            RunListener.all(listeners),
            clock);
    this.letters =
        new InboxHandler(
            opened.run(),
            opened.history().epoch(),
            engine::stop,
            wiring.gates(),
            wiring.conversations());
  }

  /** People are told of runs that they started: neither of their children nor of sessions. */
  private Optional<Notifications> notifications(Notifications.Channels channels) {
    boolean silent = channels.isEmpty() || prompt.isPresent() || meta.meta().parent() != null;
    return silent
        ? Optional.empty()
        : Optional.of(
            new Notifications(opened.run(), meta::meta, channels, RunListener.all(listeners)));
  }

  public String id() {
    return opened.run().id();
  }

  /** Returns the journal's entries when the run was taken. */
  public List<Entry> entries() {
    return opened.entries();
  }

  /** Returns the file into which a torn tail of the journal was moved; empty without one. */
  public Optional<Path> setAside() {
    return opened.setAside();
  }

  /** Returns the prompt of a session; empty for other runs. */
  public Optional<SessionChannel> prompt() {
    return prompt;
  }

  /** Interrupts the running entry of a session; the session continues. */
  public void interruptEntered() {
    engine.interrupt();
  }

  /** Stops the run for good. */
  @Override
  public void stop(String reason) {
    engine.stop(reason);
  }

  /** Suspends the run so that it can be resumed; its agents and commands keep running. */
  public void suspend() {
    engine.suspend();
  }

  public Gates.Taken answer(String position, String text) {
    return wiring.gates().answer(position, new Gates.Given(text, Optional.empty()));
  }

  public RunMeta meta() {
    return meta.meta();
  }

  /** Recreates the worktrees of the run whose directories are gone, with a line for each. */
  public void restoreWorktrees(Consumer<String> say) throws InterruptedException {
    wiring.restoreWorktrees(meta.meta().envs(), say);
  }

  /** Executes the run to its end on other threads while the calling thread waits. */
  @Override
  public RunResult run(RunListener listener, BooleanSupplier suspending)
      throws InterruptedException {
    listeners.addAll(List.of(meta, listener));
    notifications.ifPresent(listeners::add);
    meta.status(RunStatus.RUNNING, clock.instant());
    var executed = new FutureTask<>(() -> engine.execute(program));
    Thread loop = Thread.ofPlatform().name(id()).start(executed);
    try (var _ = new InboxWatch(opened.run(), letters::told, RunListener.all(listeners)::warned)) {
      join(loop, suspending);
    }
    if (executed.state() == Future.State.FAILED) {
      Throwable thrown = executed.exceptionNow();
      throw thrown instanceof RuntimeException broken ? broken : new IllegalStateException(thrown);
    }
    return after(executed.resultNow());
  }

  private void join(Thread loop, BooleanSupplier suspending) throws InterruptedException {
    try {
      loop.join();
    } catch (InterruptedException e) {
      if (suspending.getAsBoolean()) {
        engine.suspend();
      } else {
        engine.stop("cancelled");
      }
      loop.join();
      Thread.currentThread().interrupt();
    }
  }

  /** Suspends the run like {@link #suspend}, but cancels the agents' turns first. */
  public void interrupt() {
    try {
      wiring.conversations().interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    engine.suspend();
  }

  private RunResult after(RunResult result) throws InterruptedException {
    Conversations conversations = wiring.conversations();
    if (result instanceof RunResult.Suspended) {
      conversations.release();
    } else {
      conversations.endAll();
      letters.drop();
    }
    return result;
  }

  @Override
  public void close() {
    try {
      wiring.conversations().close();
    } finally {
      opened.close();
      notifications.ifPresent(Notifications::close); // may take a while: the run is free by now
    }
  }
}
