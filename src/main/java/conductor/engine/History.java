package conductor.engine;

import conductor.journal.BranchPath;
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

/**
 * What a journal says of a run, with superseded records left out: what was asked where, what came
 * back in which order, and how the run stood.
 */
public final class History implements Superseded.Tasks {

  private final Map<Position, Entry.Asked> asked = new HashMap<>();
  private final Map<Position, Entry.Branched> branched = new HashMap<>();
  private final Map<Position, Entry.Replied> steps = new HashMap<>();
  private final Set<Position> settled = new HashSet<>();
  private final List<Entry> deliveries = new ArrayList<>();
  private Optional<Entry.Ended> ended = Optional.empty();
  private int epoch;
  private int edition;
  private int owners;
  private String workflow = "";

  private History() {}

  /** Reads entries in order. */
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
      case Entry.Replied e -> deliveries.add(e);
      case Entry.Branched e -> branched.put(e.position(), e);
      case Entry.Settled e -> settled.add(e.position());
      case Entry.Stopped e -> deliveries.add(e);
      case Entry.Expired e -> deliveries.add(e);
      case Entry.Retried e -> supersede(e);
      case Entry.Edited e -> edit(e);
      case Entry.Noted _ -> {}
      case Entry.Ended e -> ended = Optional.of(e);
    }
  }

  /** The workflow's name. */
  public String workflow() {
    return workflow;
  }

  /** How the run ended, if it did and was not taken up again. */
  public Optional<Entry.Ended> ended() {
    return ended;
  }

  /** How many processes have owned the run. */
  public int owners() {
    return owners;
  }

  /** How often records were superseded. */
  public int epoch() {
    return epoch;
  }

  /** The epoch of the last edit of the script; 0 when it was never edited. */
  public int edition() {
    return edition;
  }

  /** Whether the run was told to stop. */
  public boolean stopped() {
    return deliveries.stream().anyMatch(Entry.Stopped.class::isInstance);
  }

  /** Whether an entry still counts: records of effects and controls may have been superseded. */
  public boolean stands(Entry entry) {
    return switch (entry) {
      case Entry.Asked e -> e.equals(asked.get(e.position()));
      case Entry.Branched e -> e.equals(branched.get(e.position()));
      case Entry.Settled e -> settled.contains(e.position());
      case Entry.Replied e when e.position().isStep() -> e.equals(steps.get(e.position()));
      case Entry.Replied e -> delivers(e);
      case Entry.Ended e -> ended.filter(e::equals).isPresent();
      case Entry.Opened _,
          Entry.Owned _,
          Entry.Stopped _,
          Entry.Expired _,
          Entry.Retried _,
          Entry.Edited _,
          Entry.Noted _ ->
          true;
    };
  }

  private boolean delivers(Entry.Replied reply) {
    return deliveries.stream()
        .filter(Entry.Replied.class::isInstance)
        .map(Entry.Replied.class::cast)
        .anyMatch(
            other -> other.position().equals(reply.position()) && other.at().equals(reply.at()));
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

  boolean settled(Position position) {
    return settled.contains(position);
  }

  /** What is delivered, in this order: replies, the stop, the ends of cleaning up. */
  List<Entry> deliveries() {
    return List.copyOf(deliveries);
  }

  /** The effects that were asked for and did not come back. */
  public List<Entry.Asked> open() {
    Set<Position> replied = new HashSet<>();
    deliveries.forEach(entry -> {
      if (entry instanceof Entry.Replied reply) {
        replied.add(reply.position());
      }
    });
    return asked.values().stream()
        .filter(intent -> !intent.position().isStep() && !replied.contains(intent.position()))
        .toList();
  }

  private void supersede(Entry.Retried retried) {
    epoch = retried.epoch();
    ended = Optional.empty();
    retried.causes().forEach(cause -> drop(superseded(cause)));
  }

  private void edit(Entry.Edited edited) {
    epoch = edited.epoch();
    ended = Optional.empty();
    edition = edited.epoch();
    edited
        .differences()
        .forEach(position -> drop(new Superseded(position, Superseded.Why.DIFFERS, this)));
  }

  private Superseded superseded(Position cause) {
    boolean stepFailed =
        steps.values().stream()
            .anyMatch(step ->
                step.position().effect().equals(cause)
                    && !(step.outcome() instanceof Outcome.Value));
    var why = stepFailed ? Superseded.Why.STEP_FAILED : Superseded.Why.FAILED;
    return new Superseded(cause, why, this);
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

  private void drop(Superseded superseded) {
    var kept = new ArrayList<Entry>();
    for (Entry entry : deliveries) {
      switch (entry) {
        case Entry.Replied reply when superseded.drops(reply) -> asked.remove(reply.position());
        case Entry.Replied reply when reply.late() && superseded.revives(reply.position()) ->
            kept.add(new Entry.Replied(reply.at(), reply.position(), reply.outcome(), false));
        case Entry.Expired expired
            when superseded.revives(expired.branch()) || superseded.dropsAll(expired.branch()) -> {}
        default -> kept.add(entry);
      }
    }
    deliveries.clear();
    deliveries.addAll(kept);
    steps.values().removeIf(superseded::dropsStep);
    asked.keySet().removeIf(position -> superseded.forgets(position) || forgotten(position));
    branched.keySet().removeIf(superseded::dropsAfter);
    settled.removeIf(position -> superseded.unsettles(position));
  }

  /** An intent of a step whose outcome is gone must not look open. */
  private boolean forgotten(Position position) {
    return position.isStep()
        && !steps.containsKey(position)
        && !asked.containsKey(position.effect());
  }
}
