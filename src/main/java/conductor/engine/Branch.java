package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Site;
import conductor.effect.Task;
import conductor.journal.BranchPath;
import conductor.journal.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One line of execution of a run, with its state. All fields but {@code handedOver} belong to the
 * loop's thread; the branch's own thread only hands over requests and takes replies.
 */
final class Branch {

  /** The answer with which a parked branch goes on: a value to return or an error to throw. */
  sealed interface Reply {
    record Value(@Nullable Object value) implements Reply {}

    record Raise(Throwable error) implements Reply {}
  }

  final BranchPath path;
  final @Nullable Branch parent;

  /** The control that waits for this branch; null for the root and for tasks. */
  final @Nullable Join join;

  /** The task whose body this branch runs; null for others. */
  final @Nullable Task task;

  final Body body;
  final Site site;
  final List<Branch> tasks = new ArrayList<>();
  final List<Branch> waiters = new ArrayList<>();
  int tasksLeft;
  private volatile @Nullable Reply handedOver;

  @Nullable Thread thread;
  @Nullable Pending pending;
  @Nullable Join waitingFor;
  @Nullable Branch waitingForTask;
  boolean started;
  boolean joining;
  boolean ended;
  boolean cancelled;
  boolean expired;
  boolean observed;
  @Nullable Object value;
  @Nullable Throwable thrown;
  private int asked;
  private int cleanups;

  Branch(
      BranchPath path,
      @Nullable Branch parent,
      @Nullable Join join,
      @Nullable Task task,
      Body body,
      Site site) {
    this.path = path;
    this.parent = parent;
    this.join = join;
    this.task = task;
    this.body = body;
    this.site = site;
  }

  /**
   * Counts up and returns the position of what the branch asks for next; a cancelled branch has
   * another counter.
   */
  Position next() {
    return cancelled ? path.cleanup(++cleanups) : path.position(++asked);
  }

  /** Hands a reply to the branch's thread. */
  void resume(Reply reply) {
    handedOver = reply;
    LockSupport.unpark(thread);
  }

  /** Interrupts the branch's thread, so that script code that asks for no effect ends. */
  void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Waits for the reply and returns it; called on the branch's own thread. An interrupt is lost:
   * only the loop ends a branch, by what it delivers, and a script that interrupts its own thread
   * must not tear the run.
   */
  Reply await() {
    Reply reply = handedOver;
    while (reply == null) {
      LockSupport.park(this);
      Thread.interrupted();
      reply = handedOver;
    }
    handedOver = null;
    return reply;
  }

  /**
   * Returns an error, not to be thrown, that says where the branch has had the turn for so long.
   */
  Throwable busy(Duration time) {
    var busy = new Throwable("has not asked for an effect for " + time.toSeconds() + " s");
    if (thread != null) {
      busy.setStackTrace(thread.getStackTrace());
    }
    return busy;
  }

  /** Returns whether the branch waits for nothing: it has the turn, or is about to get it. */
  boolean goesOn() {
    return pending == null && waitingFor == null && waitingForTask == null && !joining;
  }

  /** Returns whether the branch's body and all its tasks have ended. */
  boolean over() {
    return ended;
  }
}
