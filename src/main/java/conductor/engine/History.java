package conductor.engine;

import conductor.engine.RetryScope.Placed;
import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The state of a run according to its journal, without superseded records: what was asked where,
 * what came back in which order, and how the run stood.
 */
public final class History implements RetryScope.Past {

  private final Map<Position, Entry.Asked> asked = new HashMap<>();
  private final Map<Position, Entry.Branched> branched = new HashMap<>();
  private final Map<Position, Entry.Replied> steps = new HashMap<>();
  private final Map<Position, Entry.Parked> parked = new HashMap<>();
  private final Map<Position, Entry.Again> again = new HashMap<>();
  private final Map<Position, Placed<Entry.Settled>> settled = new HashMap<>();
  private final List<Placed<?>> deliveries = new ArrayList<>();
  private final Set<Reply> replies = new HashSet<>();
  private Optional<Entry.Ended> ended = Optional.empty();
  private int entries;
  private int epoch;
  private int edition;
  private int owners;
  private String workflow = "";

  private History() {}

  /** The identity of a reply among those at the same position. */
  private record Reply(Position position, Instant at) {}

  /** Returns the history of a journal's entries, given in order. */
  public static History of(List<Entry> entries) {
    var history = new History();
    entries.forEach(history::add);
    return history;
  }

  private void add(Entry entry) {
    switch (entry) {
      case Entry.Opened e -> workflow = e.workflow();
      case Entry.Owned e -> owners = e.owner();
      case Entry.Asked e -> asked.put(e.position(), e);
      case Entry.Replied e when e.position().isStep() -> steps.put(e.position(), e);
      case Entry.Replied e -> {
        parked.remove(e.position());
        again.remove(e.position());
        deliveries.add(placed(e));
        replies.add(new Reply(e.position(), e.at()));
      }
      case Entry.Branched e -> branched.put(e.position(), e);
      case Entry.Settled e -> settled.put(e.position(), new Placed<>(delivery(e.delivered()), e));
      case Entry.Stopped e -> deliveries.add(placed(e));
      case Entry.Expired e -> deliveries.add(placed(e));
      case Entry.Parked e -> parked.put(e.position(), e);
      case Entry.Again e -> again(e);
      case Entry.Retried e -> supersede(e);
      case Entry.Edited e -> edit(e);
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

  /** Returns the workflow's name. */
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
  public int edition() {
    return edition;
  }

  /** Returns whether the run was told to stop. */
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
      case Entry.Replied e -> replies.contains(new Reply(e.position(), e.at()));
      case Entry.Ended e -> ended.filter(e::equals).isPresent();
      case Entry.Opened _,
          Entry.Owned _,
          Entry.Stopped _,
          Entry.Expired _,
          Entry.Parked _,
          Entry.Again _,
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

  /** Adds a step that came back while the run goes on. */
  void stepped(Entry.Replied step) {
    steps.put(step.position(), step);
  }

  /** Returns how an effect failed; empty when it did not. */
  public Optional<Outcome.Failed> failure(Position position) {
    for (Placed<?> placed : deliveries.reversed()) {
      if (placed.entry() instanceof Entry.Replied reply
          && reply.position().equals(position)
          && reply.outcome() instanceof Outcome.Failed failed) {
        return Optional.of(failed);
      }
    }
    return Optional.empty();
  }

  /** Returns an effect's parked failure; empty when it is not parked. */
  public Optional<Entry.Parked> parked(Position position) {
    return Optional.ofNullable(parked.get(position));
  }

  /** Returns the arguments of an effect that is to be performed again; empty for others. */
  Optional<JsonNode> again(Position position) {
    return Optional.ofNullable(again.get(position)).map(Entry.Again::resolved);
  }

  /** Supersedes what a parked effect did in vain: all, or the failed steps. */
  void again(Entry.Again entry) {
    Position position = entry.position();
    epoch = Math.max(epoch, entry.epoch());
    again.put(position, entry);
    parked.remove(position);
    asked.remove(position);
    boolean stepFailed = stepFailed(position);
    steps
        .values()
        .removeIf(step ->
            step.position().effect().equals(position)
                && (!stepFailed || !(step.outcome() instanceof Outcome.Value)));
    asked.keySet().removeIf(this::forgotten);
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
    Set<Position> replied = replied();
    return asked.values().stream()
        .filter(intent -> !intent.position().isStep() && !replied.contains(intent.position()))
        .toList();
  }

  private Set<Position> replied() {
    return replies.stream().map(Reply::position).collect(Collectors.toSet());
  }

  private void supersede(Entry.Retried retried) {
    epoch = retried.epoch();
    ended = Optional.empty();
    retried.causes().stream().map(this::superseded).toList().forEach(this::drop);
  }

  private void edit(Entry.Edited edited) {
    epoch = edited.epoch();
    ended = Optional.empty();
    edition = edited.epoch();
    edited.differences().stream()
        .map(position -> new RetryScope(position, RetryScope.Why.DIFFERS, this))
        .toList()
        .forEach(this::drop);
  }

  private RetryScope superseded(Position cause) {
    var why = stepFailed(cause) ? RetryScope.Why.STEP_FAILED : RetryScope.Why.FAILED;
    return new RetryScope(cause, why, this);
  }

  private boolean stepFailed(Position effect) {
    return steps.values().stream()
        .anyMatch(step ->
            step.position().effect().equals(effect) && !(step.outcome() instanceof Outcome.Value));
  }

  @Override
  public boolean isTask(BranchPath branch) {
    return Position.opener(branch)
        .map(branched::get)
        .map(entry -> entry.control().equals("Spawn"))
        .orElse(false);
  }

  @Override
  public Optional<Position> firstWait(Position spawn) {
    return branched.values().stream()
        .filter(entry -> entry.control().equals("Wait") && entry.keys().contains(spawn.text()))
        .map(Entry.Branched::position)
        .min(Position::compareTo);
  }

  @Override
  public List<BranchPath> tasksOf(BranchPath branch) {
    return branched.values().stream()
        .filter(entry -> entry.control().equals("Spawn"))
        .map(Entry.Branched::position)
        .filter(position -> position.branch().equals(branch))
        .map(position -> position.branch("0"))
        .toList();
  }

  @Override
  public Optional<Placed<Entry.Settled>> settlement(Position control) {
    return Optional.ofNullable(settled.get(control));
  }

  @Override
  public int lastReply(List<BranchPath> branches, Set<BranchPath> failed) {
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

  private void drop(RetryScope superseded) {
    var kept = new ArrayList<Placed<?>>();
    for (Placed<?> placed : deliveries) {
      switch (placed.entry()) {
        case Entry.Replied reply -> keep(superseded, new Placed<>(placed.index(), reply), kept);
        case Entry.Expired expired
            when superseded.revives(expired.branch()) || superseded.dropsAll(expired.branch()) -> {}
        default -> kept.add(placed);
      }
    }
    deliveries.clear();
    deliveries.addAll(kept);
    Set<Position> replied = replied();
    steps
        .values()
        .removeIf(
            step -> superseded.dropsStep(step) && !replied.contains(step.position().effect()));
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
      replies.remove(new Reply(reply.position(), reply.at()));
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
