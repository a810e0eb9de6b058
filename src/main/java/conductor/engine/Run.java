package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Program;
import conductor.effect.RunEffect;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Codec;
import conductor.journal.Journal;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a run by this process: replays a program from its journal as far as that goes,
 * then performs it.
 *
 * <p>{@link #execute} may be called once. {@link #stop} and {@link #suspend} may be called from any
 * thread at any time.
 */
public final class Run {

  private final String id;
  private final Journal journal;
  private final Codec codec;
  private final Handlers handlers;
  private final Parking parking;
  private final RunListener listener;
  private final InstantSource clock;
  private final LinkedBlockingQueue<LoopEvent> mail = new LinkedBlockingQueue<>();

  /**
   * Returns a run whose journal is owned by this process, in which people may decide on failures.
   *
   * @param handlers those of all effects but {@code Get}, {@code Put} and {@code Status}, which are
   *     the engine's
   */
  public Run(
      String id,
      Journal journal,
      Codec codec,
      Handlers handlers,
      Parking parking,
      RunListener listener,
      InstantSource clock) {
    this.id = id;
    this.journal = journal;
    this.codec = codec;
    this.handlers = handlers;
    this.parking = parking;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Runs the program on threads of its own until it ends, or is stopped or suspended. The loop has
   * a virtual thread, too: a turn goes from it to a branch and back at each effect, which between
   * virtual threads needs no help of the system.
   *
   * @throws Mismatch when the program does not do what the journal holds
   * @throws conductor.journal.JournalException when the journal cannot be written; the run can be
   *     resumed
   * @throws InterruptedException when the calling thread is interrupted; the run is suspended then
   */
  public RunResult execute(Program program) throws InterruptedException {
    return outcome(loop(program, false));
  }

  /** Replays the program as far as the journal goes, and performs nothing. */
  void rehearse(Program program) throws InterruptedException {
    outcome(loop(program, true));
  }

  /** Returns when the loop has ended, whatever happens: somebody else may take the run then. */
  private static RunResult outcome(Loop loop) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return threads.submit(loop::run).get();
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private Loop loop(Program program, boolean rehearsal) {
    var history = History.of(journal.entries());
    var state = new RunState();
    var trace = new Trace(journal, listener);
    var performer = new BranchPerformer(codec, mail);
    var dispatcher =
        new Dispatcher(
            trace, history, codec, handlers.with(RunEffect.class, state), parking, id, clock, mail);
    var parts =
        new LoopParts(trace, history, codec, listener, state, clock, mail, dispatcher, rehearsal);
    var body = new Body.Block(() -> run(program, performer));
    return new Loop(parts, performer, body, program::explain);
  }

  private static @Nullable Object run(Program program, BranchPerformer performer) throws Exception {
    try {
      return program.run(performer);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Ends what the program's own branch does or waits for: its effects are cancelled with what they
   * started and {@link conductor.effect.Interrupted} is thrown there. The run goes on.
   */
  public void interrupt() {
    mail.add(new LoopEvent.Interrupt());
  }

  /** Ends the run for good: cancels every branch, lets them clean up, and records the end. */
  public void stop(String reason) {
    mail.add(new LoopEvent.Stop(reason));
  }

  /**
   * Leaves the run as it is, to be resumed: no more of the script runs, agents and commands go on.
   */
  public void suspend() {
    mail.add(new LoopEvent.Suspend());
  }
}
