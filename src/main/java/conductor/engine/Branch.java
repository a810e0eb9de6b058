package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Site;
import conductor.effect.Task;
import conductor.journal.BranchPath;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * One line of execution of a run. All fields but the hand-over belong to the loop's thread; the
 * branch's own thread only hands over requests and takes replies.
 */
final class Branch {

  /** What a parked branch goes on with. */
  sealed interface Reply {
    record Value(@Nullable Object value) implements Reply {}

    record Raise(Throwable error) implements Reply {}
  }

  final BranchPath path;
  final @Nullable Branch parent;

  /** The control that waits for this branch; null for the root and for tasks. */
  final @Nullable Join fork;

  /** The task that this branch is; null for others. */
  final @Nullable Task task;

  final Body body;
  final Site site;
  final List<Branch> tasks = new ArrayList<>();
  final List<Branch> waiters = new ArrayList<>();
  private final SynchronousQueue<Reply> replies = new SynchronousQueue<>();

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
      @Nullable Join fork,
      @Nullable Task task,
      Body body,
      Site site) {
    this.path = path;
    this.parent = parent;
    this.fork = fork;
    this.task = task;
    this.body = body;
    this.site = site;
  }

  /** Returns the place of what the branch asks for next. */
  Position next() {
    return cancelled ? path.cleanup(++cleanups) : path.position(++asked);
  }

  /** Hands a reply to the branch's thread, which waits for it. */
  void resume(Reply reply) throws InterruptedException {
    replies.put(reply);
  }

  /** Tells script code that asks for nothing to end. */
  void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** On the branch's own thread: waits for the reply. */
  Reply await() {
    while (true) {
      try {
        return replies.take();
      } catch (InterruptedException e) {
        // Only the loop ends a branch, by what it delivers; a script that interrupts its own thread
        // must not tear the run.
      }
    }
  }

  /** Returns whether it waits for nothing: it has the turn, or is about to get it. */
  boolean goesOn() {
    return pending == null && waitingFor == null && waitingForTask == null && !joining;
  }

  /** Returns whether its body and all its tasks are over. */
  boolean over() {
    return ended;
  }
}
