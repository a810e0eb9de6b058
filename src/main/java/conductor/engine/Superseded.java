package conductor.engine;

import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is performed again when an uncaught failure is retried, or when an edited script goes
 * another way: the failure or difference itself, what came after it in program order in its branch
 * and its ancestors, and the cancellations it caused. What its siblings had done stays, also what
 * came back too late for them.
 */
final class Superseded {

  private final Position cause;
  private final Why why;
  private final Tasks tasks;
  private final Set<BranchPath> failed = new HashSet<>();
  private final Map<BranchPath, Position> reached = new HashMap<>();
  private final Set<Position> controls = new HashSet<>();

  Superseded(Position cause, Why why, Tasks tasks) {
    this.cause = cause;
    this.why = why;
    this.tasks = tasks;
    climb(cause);
  }

  /** Why something is superseded. */
  enum Why {
    /** The effect failed as a whole. */
    FAILED,
    /** One of its steps failed: those before it stay. */
    STEP_FAILED,
    /** The script asks for something else here: all of the effect, or of the control, goes. */
    DIFFERS
  }

  /** The branches that were spawned, and who waited for them. */
  interface Tasks {

    /** Whether a branch was spawned. */
    boolean isTask(BranchPath branch);

    /** Where a task was first waited for. */
    Optional<Position> firstWait(Position spawn);
  }

  /**
   * Follows the failure up: through a fork to its control, from a task to who waited for it; when
   * nobody did, to the end of the branch that spawned it.
   */
  private void climb(Position cause) {
    BranchPath branch = cause.branch();
    Optional<Position> at = Optional.of(cause);
    while (failed.add(branch)) {
      if (at.isPresent()) {
        reached.put(branch, at.get());
      }
      Optional<Position> opener = Position.opener(branch);
      if (opener.isEmpty()) {
        return;
      }
      controls.add(opener.get());
      at = tasks.isTask(branch) ? tasks.firstWait(opener.get()) : opener;
      branch = at.orElse(opener.get()).branch();
    }
  }

  /** Whether an effect's reply goes. */
  boolean drops(Entry.Replied reply) {
    Position position = reply.position();
    boolean notDone = reply.late() && !(reply.outcome() instanceof Outcome.Value);
    return position.equals(cause)
        || dropsAfter(position)
        || (revives(position)
            && (notDone || reply.outcome() instanceof Outcome.Cancelled || position.isCleanup()));
  }

  /** Whether a step's reply goes. When a step of the failed effect failed, those before it stay. */
  boolean dropsStep(Entry.Replied reply) {
    Position effect = reply.position().effect();
    boolean failed = !(reply.outcome() instanceof Outcome.Value);
    boolean ofCause = effect.equals(cause) && (failed || why != Why.STEP_FAILED);
    return ofCause || dropsAfter(effect) || (failed && revives(effect));
  }

  /** Whether an intent without a reply goes. */
  boolean forgets(Position position) {
    return dropsAfter(position.effect())
        || (revives(position.effect()) && position.effect().isCleanup());
  }

  /** Whether a position comes after the failure, in its branch or in one that encloses it. */
  boolean dropsAfter(Position position) {
    for (BranchPath branch = position.branch(); ; ) {
      Position here = branch.equals(position.branch()) ? position : outermostIn(branch, position);
      if (after(here)) {
        return true;
      }
      Optional<Position> opener = Position.opener(branch);
      if (opener.isEmpty()) {
        return false;
      }
      branch = opener.get().branch();
    }
  }

  /** Whether a control's settlement goes. */
  boolean unsettles(Position control) {
    return controls.contains(control) || dropsAfter(control);
  }

  /** Whether all that a branch did goes. */
  boolean dropsAll(BranchPath branch) {
    return Position.opener(branch).map(this::dropsAfter).orElse(false);
  }

  /** Whether a position is in a branch that the failure had cancelled. */
  boolean revives(Position position) {
    return revives(position.branch());
  }

  /** Whether a branch is, or is within, one that the failure had cancelled. */
  boolean revives(BranchPath branch) {
    if (failed.contains(branch)) {
      return false;
    }
    for (BranchPath at = branch; ; ) {
      Optional<Position> opener = Position.opener(at);
      if (opener.isEmpty()) {
        return false;
      }
      boolean sibling = controls.contains(opener.get()) && !failed.contains(at);
      boolean task = tasks.isTask(at) && failed.contains(opener.get().branch());
      if (sibling || task) {
        return true;
      }
      at = opener.get().branch();
    }
  }

  private boolean after(Position position) {
    Position failure = reached.get(position.branch());
    if (failure == null) {
      return false;
    }
    int first = why == Why.DIFFERS && failure.equals(cause) ? 0 : 1;
    return position.isCleanup()
        || (!failure.isCleanup() && position.number() >= failure.number() + first);
  }

  /** The position in a branch at which a deeper position was reached. */
  private static Position outermostIn(BranchPath branch, Position deeper) {
    Position at = deeper;
    while (!at.branch().equals(branch)) {
      at = at.opener().orElseThrow();
    }
    return at;
  }
}
