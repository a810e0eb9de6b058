package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Note;
import conductor.journal.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Decides, on one thread, what a run does next. Gives the turn to one branch after the other until
 * all are parked, starts what they asked for, and delivers one reply; first those of the journal,
 * in its order, then new ones in the order in which they are written.
 */
final class Loop {

  private static final Duration LONG_TURN = Duration.ofSeconds(10);
  private static final Duration LAST_TURN = Duration.ofSeconds(2);

  private final Trace trace;
  private final History history;
  private final Codec codec;
  private final RunListener listener;
  private final InstantSource clock;
  private final BlockingQueue<LoopEvent> mail;
  private final BranchPerformer performer;
  private final Dispatcher dispatcher;
  private final Branches branches;
  private final Function<Throwable, String> explain;

  private final Causes causes = new Causes();
  private final Ending ending;
  private final ReplyQueue deliveries;
  private final Settlements settlements;
  private final Cleanups cleanups;
  private final MismatchCheck mismatchCheck;
  private final boolean rehearsal;
  private int delivered;
  private boolean live;
  private boolean leaving;

  /** Whether script code goes on after a stop: the run ends without it. */
  private boolean hung;

  private boolean blocked;
  private boolean interrupted;
  private Optional<String> stopped = Optional.empty();

  Loop(
      LoopParts parts,
      BranchPerformer performer,
      Body program,
      Function<Throwable, String> explain) {
    this.trace = parts.trace();
    this.history = parts.history();
    this.codec = parts.codec();
    this.listener = parts.listener();
    this.clock = parts.clock();
    this.mail = parts.mail();
    this.dispatcher = parts.dispatcher();
    this.performer = performer;
    this.explain = explain;
    this.rehearsal = parts.rehearsal();
    this.ending = new Ending(codec, causes);
    this.branches = new Branches(program, this::settled, dispatcher::abandon);
    this.cleanups = new Cleanups(clock);
    this.settlements = new Settlements(trace, history, clock);
    this.mismatchCheck = new MismatchCheck(history);
    this.deliveries = new ReplyQueue(parts, mismatchCheck, causes, branches);
  }

  /** Runs to the end of the workflow, or until the process leaves it, and returns how it ended. */
  RunResult run() throws InterruptedException {
    try {
      while (true) {
        turns();
        if (leaving) {
          return leave();
        }
        if (branches.root().over() || hung) {
          return finish();
        }
        advance();
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      dispatcher.suspend();
      throw e;
    }
  }

  /**
   * Delivers one reply; begins the effects that wait only when there is none, so that one force of
   * the journal serves all that were asked for meanwhile.
   */
  private void advance() throws InterruptedException {
    if (live) {
      handleAll();
      if (leaving) {
        return;
      }
    }
    Entry next = deliveries.next();
    if (next != null) {
      deliver(next);
    } else if (live) {
      begin();
      trace.sync();
      tellBlocked();
      if (mail.isEmpty()) {
        listener.idle();
      }
      LoopEvent event = mail.poll(cleanups.quiet(LONG_TURN).toMillis(), TimeUnit.MILLISECONDS);
      if (event != null) {
        handle(event);
      }
      expireCleanups();
    } else {
      goLive();
    }
  }

  /** Handles what came meanwhile; each reply is written before anything else is handled. */
  private void handleAll() {
    deliveries.addAll(dispatcher.replies());
    for (LoopEvent event = mail.poll(); event != null; event = leaving ? null : mail.poll()) {
      handle(event);
      deliveries.addAll(dispatcher.replies());
    }
    tellBlocked();
  }

  /** Begins the effects that wait, and ends those that an interrupt is for. */
  private void begin() {
    dispatcher.dispatch();
    if (interrupted) {
      interrupted = false;
      dispatcher.interrupt(branches.awaited(branches.root()));
    }
  }

  /** Goes over from replay to performing, when everything recorded was delivered. */
  private void goLive() {
    live = true;
    deliveries.refuseUnasked();
    leaving = rehearsal;
  }

  private void turns() throws InterruptedException {
    for (Branches.Turn turn = branches.next();
        turn != null && !leaving && !hung;
        turn = branches.next()) {
      give(turn);
      untilParked(turn.branch());
    }
  }

  private void give(Branches.Turn turn) throws InterruptedException {
    Branch branch = turn.branch();
    if (!branch.started) {
      branch.started = true;
      performer.start(branch);
    } else if (turn.reply() != null) {
      branch.resume(turn.reply());
    }
  }

  /** Waits until the branch with the turn asks or ends; handles other mail meanwhile. */
  private void untilParked(Branch branch) throws InterruptedException {
    while (!leaving) {
      LoopEvent event =
          mail.poll(
              (stopped.isPresent() ? LAST_TURN : LONG_TURN).toMillis(), TimeUnit.MILLISECONDS);
      switch (event) {
        case null -> {
          hung = stopped.isPresent();
          if (hung) {
            return;
          }
          listener.busy(explain.apply(branch.busy(LONG_TURN)));
        }
        case LoopEvent.Asks asks -> {
          asks(asks.branch(), asks.request());
          return;
        }
        case LoopEvent.Ends ends -> {
          branches.bodyEnded(ends.branch(), ends.value(), ends.thrown());
          return;
        }
        default -> handle(event);
      }
    }
  }

  private void handle(LoopEvent event) {
    switch (event) {
      case LoopEvent.Performed performed -> dispatcher.performed(performed);
      case LoopEvent.Decided decided -> dispatcher.decided(decided);
      case LoopEvent.StillRunning running -> dispatcher.stillRunning(running.performance());
      case LoopEvent.StepBegins step -> dispatcher.steps().begins(step);
      case LoopEvent.StepEnds step -> dispatcher.steps().ends(step);
      case LoopEvent.Says says ->
          trace.append(
              new Entry.Noted(
                  clock.instant(),
                  says.performance().pending.position,
                  Note.of(codec.redact(says.note().text()))));
      case LoopEvent.WaitsForPerson _ -> {}
      case LoopEvent.Stop stop -> stop(stop.reason());
      case LoopEvent.Suspend _ -> leaving = true;
      case LoopEvent.Interrupt _ -> interrupt();
      case LoopEvent.Breaks breaks -> throw breaks.error();
      case LoopEvent.Asks _, LoopEvent.Ends _ ->
          throw new IllegalStateException("a branch without the turn: " + event);
    }
  }

  private void stop(String reason) {
    if (stopped.isEmpty() && !history.stopped()) {
      var entry = new Entry.Stopped(clock.instant(), reason);
      trace.append(entry);
      deliveries.add(entry);
    }
    stopped = Optional.of(reason);
  }

  private void interrupt() {
    interrupted = true;
    branches.root().interrupt();
  }

  private void asks(Branch branch, Request request) {
    if (branch.expired) {
      branches.reply(branch, Branches.cancellation(branch));
      return;
    }
    Position position = branch.next();
    if (request.effect() instanceof Control<?> control) {
      open(branch, position, control, request);
    } else {
      park(branch, position, request);
    }
  }

  private void open(Branch branch, Position position, Control<?> control, Request request) {
    var entry =
        new Entry.Branched(
            clock.instant(),
            position,
            control.kind(),
            MismatchCheck.keys(control),
            control instanceof Control.Handled ? request.arguments() : null,
            control instanceof Control.Handled ? request.hash() : null,
            request.calls());
    if (!mismatchCheck.check(entry)) {
      trace.append(entry);
    }
    branches.open(branch, position, control, request.site());
  }

  private void park(Branch branch, Position position, Request request) {
    var waits = new Pending(position, branch, request);
    mismatchCheck.check(waits);
    deliveries.park(waits);
  }

  private void deliver(Entry entry) {
    delivered++;
    switch (entry) {
      case Entry.Replied reply -> deliveries.deliver(reply);
      case Entry.Stopped stop -> {
        stopped = Optional.of(stop.reason());
        cancel(branches.root());
      }
      case Entry.Expired expired -> deliveries.deliver(expired);
      default -> throw new IllegalStateException("not a delivery: " + entry);
    }
  }

  private void settled(Join join) {
    settlements.record(join, delivered);
    join.branches().stream()
        .filter(branch -> branch.cancelled && !branch.over())
        .forEach(cleanups::start);
  }

  private void cancel(Branch branch) {
    branches.cancel(branch);
    cleanups.start(branch);
  }

  private void expireCleanups() {
    for (Branch branch : cleanups.due()) {
      var entry = new Entry.Expired(clock.instant(), branch.path);
      trace.append(entry);
      deliveries.add(entry);
    }
  }

  private void tellBlocked() {
    boolean now = live && branches.areBlocked();
    if (now != blocked) {
      blocked = now;
      listener.blocked(now);
    }
  }

  private RunResult leave() throws InterruptedException {
    dispatcher.replies(); // of what ended just before
    dispatcher.suspend();
    trace.sync();
    return new RunResult.Suspended();
  }

  private RunResult finish() throws InterruptedException {
    if (!hung && !live) {
      deliveries.refuseLeftovers();
    }
    if (rehearsal) {
      return new RunResult.Suspended();
    }
    dispatcher.cancel();
    for (LoopEvent event = mail.poll(); event != null; event = mail.poll()) {
      if (event instanceof LoopEvent.Performed performed) {
        dispatcher.performed(performed);
      }
    }
    dispatcher.replies();
    RunResult result = result();
    trace.sync();
    trace.append(ending.of(result, clock.instant()));
    trace.sync();
    return result;
  }

  private RunResult result() {
    Throwable thrown = branches.root().thrown;
    if (stopped.isPresent()) {
      return new RunResult.Aborted(stopped.get());
    }
    return thrown == null
        ? ending.done(branches.root().value, listener::warned)
        : new RunResult.Failed(explain.apply(thrown), thrown);
  }
}
