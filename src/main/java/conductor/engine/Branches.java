package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Cancelled;
import conductor.effect.Control;
import conductor.effect.Interrupted;
import conductor.effect.Site;
import conductor.effect.Task;
import conductor.journal.BranchPath;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tree of branches: which are ready for the turn, which wait for which, and what the end or the
 * cancellation of one means for the others. All of it depends only on the order in which replies
 * are delivered, so that a replay goes the same way. Belongs to the loop's thread.
 */
final class Branches {

  /** A branch that is ready for the turn; without a reply it is yet to start. */
  record Turn(Branch branch, Branch.@Nullable Reply reply) {}

  private final SequencedMap<Branch, Turn> ready = new LinkedHashMap<>();
  private final Map<String, Branch> tasks = new HashMap<>();
  private final Set<Branch> living = new LinkedHashSet<>();
  private final Consumer<Join> onSettled;
  private final Consumer<Pending> onAbandoned;
  private final Branch root;

  Branches(Body program, Consumer<Join> onSettled, Consumer<Pending> onAbandoned) {
    this.onSettled = onSettled;
    this.onAbandoned = onAbandoned;
    this.root = begin(new Branch(BranchPath.ROOT, null, null, null, program, Site.HOST));
  }

  Branch root() {
    return root;
  }

  @Nullable Turn next() {
    Map.Entry<Branch, Turn> first = ready.pollFirstEntry();
    return first == null ? null : first.getValue();
  }

  Set<Branch> living() {
    return living;
  }

  /**
   * Returns whether no branch has script code to run, at least one waits for an effect, and all
   * that wait for an effect wait for a person.
   */
  boolean areBlocked() {
    boolean asks = false;
    for (Branch branch : living) {
      Pending pending = branch.pending;
      if (pending == null ? branch.goesOn() : !pending.asksPerson()) {
        return false;
      }
      asks |= pending != null;
    }
    return asks;
  }

  /** Makes a branch ready for the turn, to go on with a reply. */
  void reply(Branch branch, Branch.Reply reply) {
    ready.put(branch, new Turn(branch, reply));
  }

  /**
   * Carries out a control that a branch asks for. A {@code Spawn} is answered at once, the others
   * when what they wait for is over.
   */
  void open(Branch branch, Position position, Control<?> control, Site site) {
    switch (control) {
      case Control.Gather gather ->
          fork(new Join(position, branch, gather), gather.branches(), site);
      case Control.Race race -> fork(new Join(position, branch, race), race.branches(), site);
      case Control.Try attempt ->
          fork(new Join(position, branch, attempt), Map.of("0", attempt.body()), site);
      case Control.Handled handled ->
          fork(
              new Join(position, branch, handled),
              Map.of(MismatchCheck.HANDLER, handled.body()),
              site);
      case Control.Spawn spawn -> spawn(branch, position, spawn, site);
      case Control.Wait wait -> await(branch, wait);
    }
  }

  private void fork(Join join, Map<String, Body> bodies, Site site) {
    join.asker.waitingFor = join;
    bodies.forEach((key, body) ->
        join.opened(
            key, begin(new Branch(join.position.branch(key), join.asker, join, null, body, site))));
    if (join.over()) {
      wake(join);
    }
  }

  private void spawn(Branch branch, Position position, Control.Spawn spawn, Site site) {
    var task = new Task(position.text());
    reply(branch, new Branch.Reply.Value(task));
    var child = begin(new Branch(position.branch("0"), branch, null, task, spawn.body(), site));
    branch.tasks.add(child);
    branch.tasksLeft++;
    tasks.put(task.id(), child);
  }

  private void await(Branch branch, Control.Wait wait) {
    Branch task = tasks.get(wait.task().id());
    if (task == null) {
      reply(
          branch,
          new Branch.Reply.Raise(
              new IllegalArgumentException(
                  "no task " + wait.task().id() + " was spawned in this run")));
    } else if (task.over()) {
      reply(branch, observed(task));
    } else {
      branch.waitingForTask = task;
      task.waiters.add(branch);
    }
  }

  private Branch begin(Branch branch) {
    living.add(branch);
    ready.put(branch, new Turn(branch, null));
    return branch;
  }

  /**
   * Notes that a branch's body returned or threw. The branch ends once its tasks have; they are
   * cancelled when the body threw.
   */
  void bodyEnded(Branch branch, @Nullable Object value, @Nullable Throwable thrown) {
    branch.value = value;
    branch.thrown = thrown;
    branch.joining = true;
    if (thrown != null) {
      branch.tasks.forEach(this::cancel);
    }
    endIfJoined(branch);
  }

  private void endIfJoined(Branch branch) {
    if (!branch.joining || branch.over() || branch.tasksLeft > 0) {
      return;
    }
    if (branch.thrown == null) {
      branch.tasks.stream()
          .filter(task -> task.thrown != null && !task.observed)
          .findFirst()
          .ifPresent(task -> branch.thrown = task.thrown);
    }
    if (branch.cancelled && !(branch.thrown instanceof Cancelled)) {
      branch.thrown = new Cancelled(branch.path + " was cancelled");
    }
    branch.ended = true;
    living.remove(branch);
    tell(branch);
  }

  private void tell(Branch branch) {
    Join join = branch.join;
    if (join != null) {
      List<Branch> losers = join.ended(branch);
      if (!losers.isEmpty() || join.over()) {
        onSettled.accept(join);
      }
      losers.forEach(this::cancel);
      if (join.over()) {
        wake(join);
      }
    } else if (branch.parent != null) {
      branch.waiters.forEach(waiter -> {
        waiter.waitingForTask = null;
        reply(waiter, observed(branch));
      });
      branch.parent.tasksLeft--;
      endIfJoined(branch.parent);
    }
  }

  private static Branch.Reply observed(Branch task) {
    task.observed = true;
    return task.thrown == null
        ? new Branch.Reply.Value(task.value)
        : new Branch.Reply.Raise(task.thrown);
  }

  private void wake(Join join) {
    if (join.asker.waitingFor != join) {
      return;
    }
    join.asker.waitingFor = null;
    reply(join.asker, join.abandoned ? cancellation(join.asker) : join.reply());
  }

  /**
   * Cancels a branch and what it opened. A branch whose effect is under way ends when that has come
   * back.
   */
  void cancel(Branch branch) {
    if (branch.over() || branch.cancelled) {
      return;
    }
    branch.cancelled = true;
    List.copyOf(branch.tasks).forEach(this::cancel);
    interrupt(branch);
  }

  /** Ends the time for cleaning up of a cancelled branch and of all branches below it. */
  void expire(Branch branch) {
    if (branch.over() || branch.expired) {
      return;
    }
    branch.cancelled = true;
    branch.expired = true;
    List.copyOf(living).stream()
        .filter(other -> branch.path.encloses(other.path))
        .forEach(this::expire);
    interrupt(branch);
  }

  private void interrupt(Branch branch) {
    if (!branch.started) {
      ready.remove(branch);
      branch.started = true;
      bodyEnded(branch, null, new Cancelled(branch.path + " was cancelled"));
    } else if (branch.pending != null) {
      abandon(branch, branch.pending);
    } else if (branch.waitingFor != null) {
      branch.waitingFor.abandoned = true;
      branch.waitingFor.branches().forEach(this::cancel);
    } else if (branch.waitingForTask != null) {
      branch.waitingForTask.waiters.remove(branch);
      branch.waitingForTask = null;
      reply(branch, cancellation(branch));
    } else if (ready.remove(branch) != null) {
      reply(branch, cancellation(branch));
    }
  }

  private void abandon(Branch branch, Pending pending) {
    pending.abandoned = true;
    onAbandoned.accept(pending);
    if (!pending.intended) {
      branch.pending = null;
      reply(branch, cancellation(branch));
    }
  }

  /** Returns the effects that a branch waits for, itself or through what it opened. */
  List<Pending> awaited(Branch branch) {
    if (branch.pending != null) {
      return List.of(branch.pending);
    }
    var awaited = new ArrayList<Pending>();
    if (branch.waitingFor != null) {
      branch.waitingFor.branches().forEach(child -> awaited.addAll(awaited(child)));
    }
    if (branch.waitingForTask != null) {
      awaited.addAll(awaited(branch.waitingForTask));
    }
    if (branch.joining) {
      branch.tasks.forEach(task -> awaited.addAll(awaited(task)));
    }
    return awaited;
  }

  /**
   * Returns the reply of an effect that was ended early: {@code Cancelled} in a cancelled branch,
   * else {@code Interrupted}.
   */
  static Branch.Reply interruption(Branch branch) {
    return branch.cancelled
        ? cancellation(branch)
        : new Branch.Reply.Raise(new Interrupted(branch.path + " was interrupted"));
  }

  static Branch.Reply cancellation(Branch branch) {
    return new Branch.Reply.Raise(new Cancelled(branch.path + " was cancelled"));
  }
}
