package conductor.engine;

import conductor.effect.Control;
import conductor.journal.Entry;
import conductor.journal.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Compares what a script asks for with what the journal has at that position (law 4). */
final class MismatchCheck {

  /** The key of the branch in which a script's own handler runs. */
  static final String HANDLER = "handler";

  private final History history;
  private final Set<Position> asked = new HashSet<>();

  MismatchCheck(History history) {
    this.history = history;
  }

  /** Checks an effect that is asked for; throws {@link Mismatch} when the journal has another. */
  void check(Pending asked) {
    Position position = asked.position;
    this.asked.add(position);
    history
        .asked(position)
        .filter(recorded -> !isSame(recorded, asked))
        .map(recorded ->
            new Mismatch(position, describe(recorded), describe(asked), changed(recorded, asked)))
        .or(() ->
            history
                .branched(position)
                .map(recorded -> new Mismatch(position, describe(recorded), describe(asked))))
        .ifPresent(difference -> {
          throw difference;
        });
  }

  /** Checks a control likewise, and returns whether the journal has a record of it. */
  boolean check(Entry.Branched asked) {
    Position position = asked.position();
    this.asked.add(position);
    Optional<Entry.Branched> recorded = history.branched(position);
    recorded
        .filter(entry -> !isSame(entry, asked))
        .map(MismatchCheck::describe)
        .or(() -> history.asked(position).map(MismatchCheck::describe))
        .ifPresent(entry -> {
          throw new Mismatch(position, entry, describe(asked));
        });
    return recorded.isPresent();
  }

  /** Returns the error for an intent or a reply in the journal that the script does not ask for. */
  Mismatch unasked(Position position) {
    return missing(position, "nothing is asked for here");
  }

  /** Returns the error for one that the script did not ask for before it ended. */
  Mismatch leftOver(Position position) {
    return missing(position, "the workflow ends before it asks for anything here");
  }

  private Mismatch missing(Position position, String now) {
    Position first = firstUnasked(position);
    return new Mismatch(first, described(first), now);
  }

  /**
   * Returns the first position, on the way from the root to the given one, at which nothing was
   * asked for.
   */
  private Position firstUnasked(Position position) {
    Position first = position;
    for (Optional<Position> at = Optional.of(position); at.isPresent(); at = at.get().opener()) {
      if (!asked.contains(at.get())) {
        first = at.get();
      }
    }
    return first;
  }

  /** Returns what a control's record holds: keys of branches, or the id of a task to wait for. */
  static List<String> keys(Control<?> control) {
    return switch (control) {
      case Control.Gather gather -> List.copyOf(gather.branches().keySet());
      case Control.Race race -> List.copyOf(race.branches().keySet());
      case Control.Wait wait -> List.of(wait.task().id());
      case Control.Spawn _, Control.Try _ -> List.of("0");
      case Control.Handled _ -> List.of(HANDLER);
    };
  }

  private static List<ChangedArgument> changed(Entry.Asked recorded, Pending now) {
    return recorded.effect().equals(now.effect())
        ? ChangedArgument.of(recorded.arguments(), now.request.arguments())
        : List.of();
  }

  private static boolean isSame(Entry.Asked recorded, Pending now) {
    return recorded.effect().equals(now.effect()) && recorded.hash().equals(now.request.hash());
  }

  private static boolean isSame(Entry.Branched recorded, Entry.Branched now) {
    return recorded.control().equals(now.control())
        && recorded.keys().equals(now.keys())
        && Objects.equals(recorded.hash(), now.hash());
  }

  private String described(Position position) {
    return history
        .asked(position)
        .map(MismatchCheck::describe)
        .or(() -> history.branched(position).map(MismatchCheck::describe))
        .orElse("a reply");
  }

  private static String describe(Entry.Asked asked) {
    return asked.effect() + " " + asked.arguments() + " at " + first(asked.calls());
  }

  private static String describe(Entry.Branched branched) {
    Object what = branched.arguments() == null ? "of " + branched.keys() : branched.arguments();
    return branched.control() + " " + what + " at " + first(branched.calls());
  }

  private static String describe(Pending asked) {
    return asked.effect() + " " + asked.request.arguments() + " at " + first(asked.calls());
  }

  private static String first(List<String> calls) {
    return calls.isEmpty() ? "-" : calls.getFirst();
  }
}
