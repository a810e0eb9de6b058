package conductor.engine;

import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a run that is performed again when an uncaught failure is retried, or when an edited
 * script goes another way: the failure or difference itself, what came after it in program order in
 * its branch and its ancestors, and the cancellations it caused. The records of its siblings stay,
 * also those that came too late for them, and those of what they cancelled, caught or lost by
 * themselves.
 */
final class RetryScope {

  private final Position cause;
  private final Why why;
  private final Past past;
  private final Set<BranchPath> failed = new LinkedHashSet<>();
  private final Map<BranchPath, Position> reached = new HashMap<>();
  private final Set<Position> controls = new HashSet<>();

  /** The branches that the failure cancelled, each with the place of the last delivery before. */
  private final Map<BranchPath, Integer> cuts = new HashMap<>();

  RetryScope(Position cause, Why why, Past past) {
    this.cause = cause;
    this.why = why;
    this.past = past;
    climb(cause);
    findCuts();
  }

  /** The reason for which something is superseded. */
  enum Why {
    /** The effect failed as a whole. */
    FAILED,
    /** One of its steps failed: those before it stay. */
    STEP_FAILED,
    /** The script asks for something else here: all of the effect, or of the control, goes. */
    DIFFERS
  }

  /**
   * An entry and its place in the journal.
   *
   * @param index counted from 0; of a settlement that of the delivery that led to it, -1 for none
   */
  record Placed<E extends Entry>(int index, E entry) {}

  /** The journal before anything is superseded. */
  interface Past {

    /** Returns whether a branch was spawned. */
    boolean isTask(BranchPath branch);

    /** Returns where a task was first waited for; empty when it never was. */
    Optional<Position> firstWait(Position spawn);

    /** Returns the tasks that a branch spawned. */
    List<BranchPath> tasksOf(BranchPath branch);

    /** Returns how a control settled; empty when it did not. */
    Optional<Placed<Entry.Settled>> settlement(Position control);

    /** Returns the index of the last reply in one of these branches, or below; -1 for none. */
    int lastReply(List<BranchPath> branches, Set<BranchPath> failed);
  }

  /**
   * Follows the failure up: from a branch to the control that opened it, from a task to the branch
   * that waited for it; when none did, to the end of the branch that spawned it.
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
      at = past.isTask(branch) ? past.firstWait(opener.get()) : opener;
      branch = at.orElse(opener.get()).branch();
    }
  }

  /**
   * Finds the branches that the failure cancelled on its way: siblings, and tasks of a branch whose
   * body failed. A branch that fails because of a task that nobody waited for has let its other
   * tasks end before.
   */
  private void findCuts() {
    var way = new ArrayList<BranchPath>();
    for (BranchPath branch : failed) {
      way.add(branch);
      Position.opener(branch)
          .flatMap(past::settlement)
          .filter(settled -> isDecider(branch, settled.entry()))
          .ifPresent(settled ->
              cancelled(settled.entry()).forEach(loser -> cuts.put(loser, settled.index())));
      if (reached.containsKey(branch)) {
        int last = past.lastReply(way, failed);
        past.tasksOf(branch).forEach(task -> cuts.put(task, last));
      }
    }
  }

  private static Stream<BranchPath> cancelled(Entry.Settled settled) {
    return settled.cancelled().stream().map(key -> settled.position().branch(key));
  }

  private static boolean isDecider(BranchPath branch, Entry.Settled settled) {
    return settled.decider() != null && settled.position().branch(settled.decider()).equals(branch);
  }

  /** Returns whether an effect's reply is dropped. */
  boolean drops(Placed<Entry.Replied> placed) {
    Entry.Replied reply = placed.entry();
    Position position = reply.position();
    return position.equals(cause)
        || dropsAfter(position)
        || cleansUp(position)
        || (!(reply.outcome() instanceof Outcome.Value) && cameTooLate(placed));
  }

  /** Returns whether a reply came after its branch had been cancelled by the failure. */
  boolean cameTooLate(Placed<Entry.Replied> placed) {
    return cut(placed.entry().position().branch()).filter(cut -> placed.index() > cut).isPresent();
  }

  /**
   * Returns whether a step's reply is dropped. When a step of the failed effect failed, those
   * before it stay.
   */
  boolean dropsStep(Entry.Replied reply) {
    Position effect = reply.position().effect();
    boolean failed = !(reply.outcome() instanceof Outcome.Value);
    boolean ofCause = effect.equals(cause) && (failed || why != Why.STEP_FAILED);
    return ofCause
        || dropsAfter(effect)
        || cleansUp(effect)
        || (failed && revives(effect.branch()));
  }

  /**
   * Returns whether the intent of an effect, or of one of its steps, or a control's record is
   * dropped.
   */
  boolean forgets(Position position) {
    return dropsAfter(position.effect()) || cleansUp(position.effect());
  }

  /**
   * Returns whether a position comes after the failure, in its branch or in one that encloses it.
   */
  boolean dropsAfter(Position position) {
    return Stream.iterate(
            Optional.of(position), Optional::isPresent, at -> at.flatMap(Position::opener))
        .flatMap(Optional::stream)
        .anyMatch(this::after);
  }

  /**
   * Returns whether a position is, or is below, what a branch did because the failure had cancelled
   * it.
   */
  private boolean cleansUp(Position position) {
    return Stream.iterate(
            Optional.of(position), Optional::isPresent, at -> at.flatMap(Position::opener))
        .flatMap(Optional::stream)
        .anyMatch(at -> at.isCleanup() && revives(at.branch()));
  }

  /** Returns whether a control's settlement is dropped. */
  boolean unsettles(Placed<Entry.Settled> settled) {
    Position control = settled.entry().position();
    return controls.contains(control)
        || forgets(control)
        || cut(control.branch()).filter(cut -> settled.index() >= cut).isPresent();
  }

  /** Returns whether all records of a branch are dropped. */
  boolean dropsAll(BranchPath branch) {
    return Position.opener(branch).map(this::forgets).orElse(false);
  }

  /**
   * Returns whether the failure had cancelled a branch, itself or with one that encloses it: such a
   * branch goes on.
   */
  boolean revives(BranchPath branch) {
    return cut(branch).isPresent();
  }

  /**
   * Returns the index at which the failure cancelled a branch; empty when it did not, or when
   * something else had ended the branch before.
   */
  private Optional<Integer> cut(BranchPath branch) {
    var below = new ArrayList<BranchPath>();
    for (BranchPath at = branch; !failed.contains(at); ) {
      Integer cut = cuts.get(at);
      if (cut != null) {
        return below.stream().anyMatch(inner -> hadEnded(inner, cut))
            ? Optional.empty()
            : Optional.of(cut);
      }
      below.add(at);
      Optional<Position> opener = Position.opener(at);
      if (opener.isEmpty()) {
        return Optional.empty();
      }
      at = opener.get().branch();
    }
    return Optional.empty();
  }

  /**
   * Returns whether a branch was cancelled by its control, or as a task, before an index in the
   * journal.
   */
  private boolean hadEnded(BranchPath branch, int before) {
    Position opener = Position.opener(branch).orElseThrow();
    if (past.isTask(branch)) {
      return Position.opener(opener.branch())
          .flatMap(past::settlement)
          .filter(settled -> settled.index() < before)
          .filter(settled ->
              settled.entry().how().equals(Join.FAILED)
                  && isDecider(opener.branch(), settled.entry()))
          .isPresent();
    }
    return past.settlement(opener)
        .filter(settled -> settled.index() < before)
        .filter(settled -> cancelled(settled.entry()).anyMatch(branch::equals))
        .isPresent();
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
}
