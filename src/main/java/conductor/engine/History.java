package conductor.engine;

import conductor.engine.RetryScope.Placed;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The state of a run according to its journal, without superseded records: what was asked where,
 * what came back in which order, and how the run stood.
 */
public final class History {

  private final Map<Position, Entry.Asked> asked = new HashMap<>();
  private final Map<Position, Entry.Branched> branched = new HashMap<>();
  private final Map<Position, Entry.Replied> steps = new HashMap<>();
  private final Map<Position, Entry.Parked> parked = new HashMap<>();
  private final Map<Position, Entry.Reattempted> again = new HashMap<>();
  private final Map<Position, Placed<Entry.Settled>> settled = new HashMap<>();
  private final List<Placed<?>> deliveries = new ArrayList<>();
  private final Map<Position, Entry.Replied> replies = new HashMap<>();

  /** The positions of each effect's steps, also of steps that were superseded. */
  private final Map<Position, Set<Position>> stepsOf = new HashMap<>();

  private Optional<Entry.Ended> ended = Optional.empty();
  private int entries;
  private int epoch;
  private int editEpoch;
  private int owners;
  private String workflow = "";

  private History() {}

  public static History of(List<Entry> entries) {
    var history = new History();
    entries.forEach(history::add);
    return history;
  }

  private void add(Entry entry) {
    switch (entry) {
      case Entry.Opened e -> workflow = e.workflow();
      case Entry.Owned e -> owners = e.owner();
      case Entry.Asked e -> {
        asked.put(e.position(), e);
        index(e.position());
      }
      case Entry.Replied e when e.position().isStep() -> stepped(e);
      case Entry.Replied e -> {
        parked.remove(e.position());
        again.remove(e.position());
        deliveries.add(placed(e));
        replies.put(e.position(), e);
      }
      case Entry.Branched e -> branched.put(e.position(), e);
      case Entry.Settled e -> settled.put(e.position(), new Placed<>(delivery(e.delivered()), e));
      case Entry.Stopped e -> deliveries.add(placed(e));
      case Entry.Expired e -> deliveries.add(placed(e));
      case Entry.Parked e -> parked.put(e.position(), e);
      case Entry.Reattempted e -> again(e);
      case Entry.Retried e ->
          supersede(
              e.epoch(),
              e.causes(),
              cause -> stepFailed(cause) ? RetryScope.Why.STEP_FAILED : RetryScope.Why.FAILED);
      case Entry.Edited e -> {
        editEpoch = e.epoch();
        supersede(e.epoch(), e.differences(), _ -> RetryScope.Why.DIFFERS);
      }
      case Entry.Noted _ -> {}
      case Entry.Ended e -> ended = Optional.of(e);
    }
    entries++;
  }

  private <E extends Entry> Placed<E> placed(E entry) {
    return new Placed<>(entries, entry);
  }

  /** Returns the journal index of the n-th delivery that stands, or of the last; -1 for none. */
  private int delivery(int number) {
    int known = number < 0 ? deliveries.size() : Math.min(number, deliveries.size());
    return known == 0 ? -1 : deliveries.get(known - 1).index();
  }

  public String workflow() {
    return workflow;
  }

  /** Returns how the run ended; empty when it did not, or was taken up again. */
  public Optional<Entry.Ended> ended() {
    return ended;
  }

  /** Returns how many processes have owned the run. */
  public int owners() {
    return owners;
  }

  /** Returns how often records were superseded. */
  public int epoch() {
    return epoch;
  }

  /** Returns the epoch of the last edit of the script; 0 when it was never edited. */
  public int editEpoch() {
    return editEpoch;
  }

  public boolean stopped() {
    return deliveries.stream().anyMatch(placed -> placed.entry() instanceof Entry.Stopped);
  }

  /** Returns whether an entry still counts: records of effects may have been superseded. */
  public boolean stands(Entry entry) {
    return switch (entry) {
      case Entry.Asked e -> e.equals(asked.get(e.position()));
      case Entry.Branched e -> e.equals(branched.get(e.position()));
      case Entry.Settled e ->
          Optional.ofNullable(settled.get(e.position()))
              .filter(placed -> e.equals(placed.entry()))
              .isPresent();
      case Entry.Replied e when e.position().isStep() -> e.equals(steps.get(e.position()));
      case Entry.Replied e ->
          Optional.ofNullable(replies.get(e.position()))
              .map(Entry::at)
              .filter(e.at()::equals)
              .isPresent();
      case Entry.Ended e -> ended.filter(e::equals).isPresent();
      case Entry.Opened _,
          Entry.Owned _,
          Entry.Stopped _,
          Entry.Expired _,
          Entry.Parked _,
          Entry.Reattempted _,
          Entry.Retried _,
          Entry.Edited _,
          Entry.Noted _ ->
          true;
    };
  }

  Optional<Entry.Asked> asked(Position position) {
    return Optional.ofNullable(asked.get(position));
  }

  Optional<Entry.Branched> branched(Position position) {
    return Optional.ofNullable(branched.get(position));
  }

  Optional<Outcome> step(Position position) {
    return Optional.ofNullable(steps.get(position)).map(Entry.Replied::outcome);
  }

  void stepped(Entry.Replied step) {
    steps.put(step.position(), step);
    index(step.position());
  }

  private void index(Position position) {
    if (position.isStep()) {
      stepsOf.computeIfAbsent(position.effect(), _ -> new HashSet<>()).add(position);
    }
  }

  /** Returns how an effect failed; empty when it did not. */
  public Optional<Outcome.Failed> failure(Position position) {
    return Optional.ofNullable(replies.get(position))
        .map(Entry.Replied::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast);
  }

  /** Returns an effect's parked failure; empty when it is not parked. */
  public Optional<Entry.Parked> parked(Position position) {
    return Optional.ofNullable(parked.get(position));
  }

  /** Returns the arguments of an effect that is to be performed again; empty for others. */
  Optional<JsonNode> again(Position position) {
    return Optional.ofNullable(again.get(position)).map(Entry.Reattempted::resolved);
  }

  /** Supersedes what a parked effect did in vain: all, or the failed steps. */
  void again(Entry.Reattempted entry) {
    Position position = entry.position();
    epoch = Math.max(epoch, entry.epoch());
    again.put(position, entry);
    parked.remove(position);
    asked.remove(position);
    boolean stepFailed = stepFailed(position);
    for (Position step : stepsOf.getOrDefault(position, Set.of())) {
      if (!stepFailed || hasFailed(step)) {
        steps.remove(step);
      }
      if (!steps.containsKey(step)) {
        asked.remove(step);
      }
    }
  }

  boolean settled(Position position) {
    return settled.containsKey(position);
  }

  /** Returns what is to be delivered, in order: replies, the stop, ends of cleaning up. */
  List<Entry> deliveries() {
    return deliveries.stream().<Entry>map(Placed::entry).toList();
  }

  /** Returns the intents of the effects, not of steps, that have no reply. */
  public List<Entry.Asked> open() {
    return asked.values().stream()
        .filter(intent -> !intent.position().isStep() && !replies.containsKey(intent.position()))
        .toList();
  }

  private void supersede(int epoch, List<Position> causes, Function<Position, RetryScope.Why> why) {
    this.epoch = epoch;
    ended = Optional.empty();
    Map<Position, RetryScope.Why> whys =
        causes.stream().collect(Collectors.toMap(Function.identity(), why, (one, _) -> one));
    drop(new RetryScope(whys, branched, settled, deliveries));
  }

  private boolean stepFailed(Position effect) {
    return stepsOf.getOrDefault(effect, Set.of()).stream().anyMatch(this::hasFailed);
  }

  private boolean hasFailed(Position step) {
    Entry.Replied reply = steps.get(step);
    return reply != null && !(reply.outcome() instanceof Outcome.Value);
  }

  private void drop(RetryScope superseded) {
    var kept = new ArrayList<Placed<?>>();
    for (Placed<?> placed : deliveries) {
      switch (placed.entry()) {
        case Entry.Replied reply -> keep(superseded, new Placed<>(placed.index(), reply), kept);
        case Entry.Expired expired
            when superseded.uncancels(expired.branch())
                || superseded.dropsAll(expired.branch()) -> {}
        default -> kept.add(placed);
      }
    }
    deliveries.clear();
    deliveries.addAll(kept);
    steps
        .values()
        .removeIf(
            step -> !replies.containsKey(step.position().effect()) && superseded.dropsStep(step));
    asked.keySet().removeIf(position -> superseded.forgets(position) || forgotten(position));
    parked.keySet().removeIf(superseded::forgets);
    again.keySet().removeIf(superseded::forgets);
    branched.keySet().removeIf(superseded::forgets);
    settled.values().removeIf(superseded::unsettles);
  }

  /** Keeps a reply that is not dropped; one that came too late is no longer late. */
  private void keep(RetryScope superseded, Placed<Entry.Replied> placed, List<Placed<?>> kept) {
    Entry.Replied reply = placed.entry();
    if (superseded.drops(placed)) {
      asked.remove(reply.position());
      replies.remove(reply.position());
    } else if (reply.late() && superseded.cameTooLate(placed)) {
      kept.add(
          new Placed<>(
              placed.index(),
              new Entry.Replied(reply.at(), reply.position(), reply.outcome(), false)));
    } else {
      kept.add(placed);
    }
  }

  /** Returns whether an intent is of a step whose outcome is gone; it must not look open. */
  private boolean forgotten(Position position) {
    return position.isStep()
        && !steps.containsKey(position)
        && !asked.containsKey(position.effect());
  }
}
