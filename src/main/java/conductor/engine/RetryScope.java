package conductor.engine;

import conductor.effect.Control;
import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The part of a run that is performed again when uncaught failures are retried, or when an edited
 * script goes another way: the failures or differences themselves, what came after each in program
 * order in its branch and its ancestors, and the cancellations it caused. The records of its
 * siblings stay, also those that came too late for them, and those of what they cancelled, caught
 * or lost by themselves. Costs no more for many failures than for one.
 */
final class RetryScope {

  private final Map<Position, Why> causes;
  private final Map<Position, Entry.Branched> branched;
  private final Map<Position, Placed<Entry.Settled>> settled;
  private final List<Placed<?>> deliveries;
  private final Map<BranchPath, List<BranchPath>> tasks = new HashMap<>();
  private final Map<String, Position> firstWaits = new HashMap<>();

  /** The first number in each failed branch that is dropped; of what cleans up all is. */
  private final Map<BranchPath, Integer> dropped = new HashMap<>();

  private final Set<Position> controls = new HashSet<>();

  /** The branches that failures cancelled, each with the failures that did. */
  private final Map<BranchPath, List<Canceller>> cancelled = new HashMap<>();

  /** Finds what causes supersede, in the journal before anything is superseded. */
  RetryScope(
      Map<Position, Why> causes,
      Map<Position, Entry.Branched> branched,
      Map<Position, Placed<Entry.Settled>> settled,
      List<Placed<?>> deliveries) {
    this.causes = causes;
    this.branched = Map.copyOf(branched);
    this.settled = Map.copyOf(settled);
    this.deliveries = List.copyOf(deliveries);
    branched.values().forEach(this::index);
    causes.forEach(this::climb);
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

  /**
   * A failure that cancelled branches.
   *
   * @param failed the branches that it went through
   * @param cuts the branches that it cancelled, each with the place of the last delivery before
   */
  private record Canceller(Set<BranchPath> failed, Map<BranchPath, Integer> cuts) {}

  private void index(Entry.Branched control) {
    Position position = control.position();
    if (control.isOf(Control.Spawn.class)) {
      tasks.computeIfAbsent(position.branch(), _ -> new ArrayList<>()).add(position.branch("0"));
    } else if (control.isOf(Control.Wait.class)) {
      BinaryOperator<Position> first = BinaryOperator.minBy(Comparator.naturalOrder());
      control.keys().forEach(spawn -> firstWaits.merge(spawn, position, first));
    }
  }

  /**
   * Follows a failure up: from a branch to the control that opened it, from a task to the branch
   * that waited for it; when none did, to the end of the branch that spawned it.
   */
  private void climb(Position cause, Why why) {
    var way = new LinkedHashMap<BranchPath, Optional<Position>>();
    BranchPath branch = cause.branch();
    Optional<Position> at = Optional.of(cause);
    while (way.putIfAbsent(branch, at) == null) {
      if (at.isPresent()) {
        int first = why == Why.DIFFERS && at.get().equals(cause) ? 0 : 1;
        int from = at.get().isCleanup() ? Integer.MAX_VALUE : at.get().number() + first;
        dropped.merge(branch, from, Math::min);
      }
      Optional<Position> opener = Position.opener(branch);
      if (opener.isEmpty()) {
        break;
      }
      controls.add(opener.get());
      at = isTask(branch) ? Optional.ofNullable(firstWaits.get(opener.get().text())) : opener;
      branch = at.orElse(opener.get()).branch();
    }
    var canceller = new Canceller(way.keySet(), cuts(way));
    canceller
        .cuts()
        .keySet()
        .forEach(loser -> cancelled.computeIfAbsent(loser, _ -> new ArrayList<>()).add(canceller));
  }

  /**
   * Returns the branches that a failure cancelled on its way: siblings, and tasks of a branch whose
   * body failed. A branch that fails because of a task that nobody waited for has let its other
   * tasks end before.
   *
   * @param way the branches that failed, each with the position at which its body did
   */
  private Map<BranchPath, Integer> cuts(Map<BranchPath, Optional<Position>> way) {
    var cuts = new HashMap<BranchPath, Integer>();
    var below = new ArrayList<BranchPath>();
    way.forEach((branch, at) -> {
      below.add(branch);
      Position.opener(branch)
          .map(settled::get)
          .filter(end -> isDecider(branch, end.entry()))
          .ifPresent(end -> losers(end.entry()).forEach(loser -> cuts.put(loser, end.index())));
      List<BranchPath> spawned = tasks.getOrDefault(branch, List.of());
      if (at.isPresent() && !spawned.isEmpty()) {
        int last = lastReply(below, way.keySet());
        spawned.forEach(task -> cuts.put(task, last));
      }
    });
    return cuts;
  }

  private boolean isTask(BranchPath branch) {
    return Position.opener(branch)
        .map(branched::get)
        .filter(entry -> entry.isOf(Control.Spawn.class))
        .isPresent();
  }

  /** Returns the index of the last reply in one of these branches, or below; -1 for none. */
  private int lastReply(List<BranchPath> branches, Set<BranchPath> failed) {
    for (Placed<?> placed : deliveries.reversed()) {
      if (placed.entry() instanceof Entry.Replied reply
          && isIn(reply.position().branch(), branches, failed)) {
        return placed.index();
      }
    }
    return -1;
  }

  /** Returns whether a branch is or is below one of others, not in a task that did not fail. */
  private boolean isIn(BranchPath branch, List<BranchPath> branches, Set<BranchPath> failed) {
    for (BranchPath at = branch; !branches.contains(at); ) {
      Optional<Position> opener = Position.opener(at);
      if (opener.isEmpty() || (isTask(at) && !failed.contains(at))) {
        return false;
      }
      at = opener.get().branch();
    }
    return true;
  }

  private static Stream<BranchPath> losers(Entry.Settled settled) {
    return settled.cancelled().stream().map(key -> settled.position().branch(key));
  }

  private static boolean isDecider(BranchPath branch, Entry.Settled settled) {
    return settled.decider() != null && settled.position().branch(settled.decider()).equals(branch);
  }

  boolean drops(Placed<Entry.Replied> placed) {
    Position position = placed.entry().position();
    return causes.containsKey(position)
        || forgets(position)
        || (!(placed.entry().outcome() instanceof Outcome.Value) && cameTooLate(placed));
  }

  /** Returns whether a reply came after its branch had been cancelled by a failure. */
  boolean cameTooLate(Placed<Entry.Replied> placed) {
    return cuts(placed.entry().position().branch()).anyMatch(cut -> placed.index() > cut);
  }

  /**
   * Returns whether a step's reply is dropped. When a step of a failed effect failed, those before
   * it stay.
   */
  boolean dropsStep(Entry.Replied reply) {
    Position effect = reply.position().effect();
    boolean failed = !(reply.outcome() instanceof Outcome.Value);
    boolean ofCause =
        causes.containsKey(effect) && (failed || causes.get(effect) != Why.STEP_FAILED);
    return ofCause || forgets(effect) || (failed && uncancels(effect.branch()));
  }

  /**
   * Returns whether the intent of an effect, or of one of its steps, or a control's record is
   * dropped: it comes after a failure, in its branch or in one that encloses it, or is, or is
   * below, what a branch did because a failure had cancelled it.
   */
  boolean forgets(Position position) {
    return Stream.iterate(
            Optional.of(position.effect()), Optional::isPresent, at -> at.flatMap(Position::opener))
        .flatMap(Optional::stream)
        .anyMatch(at -> isAfter(at) || (at.isCleanup() && uncancels(at.branch())));
  }

  private boolean isAfter(Position position) {
    Integer from = dropped.get(position.branch());
    return from != null && (position.isCleanup() || position.number() >= from);
  }

  boolean unsettles(Placed<Entry.Settled> settled) {
    Position control = settled.entry().position();
    return controls.contains(control)
        || forgets(control)
        || cuts(control.branch()).anyMatch(cut -> settled.index() >= cut);
  }

  boolean dropsAll(BranchPath branch) {
    return Position.opener(branch).map(this::forgets).orElse(false);
  }

  /**
   * Returns whether a failure had cancelled a branch, itself or with one that encloses it: such a
   * branch goes on.
   */
  boolean uncancels(BranchPath branch) {
    return cuts(branch).findAny().isPresent();
  }

  /** Returns the indexes at which failures cancelled a branch. */
  private Stream<Integer> cuts(BranchPath branch) {
    if (cancelled.isEmpty()) {
      return Stream.empty();
    }
    return Stream.iterate(
            Optional.of(branch),
            Optional::isPresent,
            at -> at.flatMap(Position::opener).map(Position::branch))
        .flatMap(Optional::stream)
        .flatMap(at -> cancelled.getOrDefault(at, List.of()).stream())
        .flatMap(canceller -> cut(branch, canceller).stream());
  }

  /**
   * Returns the index at which a failure cancelled a branch; empty when it did not, or when
   * something else had ended the branch before.
   */
  private Optional<Integer> cut(BranchPath branch, Canceller canceller) {
    var below = new ArrayList<BranchPath>();
    for (BranchPath at = branch; !canceller.failed().contains(at); ) {
      Integer cut = canceller.cuts().get(at);
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
    return isTask(branch)
        ? settledBefore(Position.opener(opener.branch()), before)
            .filter(end -> end.how().equals(Join.FAILED) && isDecider(opener.branch(), end))
            .isPresent()
        : settledBefore(Optional.of(opener), before)
            .filter(end -> losers(end).anyMatch(branch::equals))
            .isPresent();
  }

  private Optional<Entry.Settled> settledBefore(Optional<Position> control, int index) {
    return control.map(settled::get).filter(end -> end.index() < index).map(Placed::entry);
  }
}
