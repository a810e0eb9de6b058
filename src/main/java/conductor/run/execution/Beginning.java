package conductor.run.execution;

import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.workflow.CannotStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cuts the journal of a run where another run is to go on. */
final class Beginning {

  private Beginning() {}

  /**
   * Returns the entries before a position, without effects that had no reply by then.
   *
   * @throws CannotStart when nothing was asked for there
   */
  static List<Entry> before(String run, List<Entry> entries, Position position) {
    History history = History.of(entries);
    int end = -1;
    for (int i = 0; i < entries.size(); i++) {
      boolean there =
          switch (entries.get(i)) {
            case Entry.Asked e -> e.position().equals(position);
            case Entry.Branched e -> e.position().equals(position);
            default -> false;
          };
      end = there && history.stands(entries.get(i)) ? i : end;
    }
    if (end < 0 || position.isStep() || position.isCleanup()) {
      throw new CannotStart(
          "%s asked for nothing at '%s'; 'conductor show %s' shows the positions"
              .formatted(run, position, run));
    }
    return answered(entries.subList(0, end));
  }

  /**
   * Returns the entries before a stop or the person's departure, else all, without effects that
   * have no reply.
   */
  static List<Entry> whole(List<Entry> entries, Codec codec) {
    Map<Position, Integer> lines = new HashMap<>();
    int end = 0;
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Stopped _ -> {
          return answered(entries.subList(0, end));
        }
        case Entry.Asked e when e.isOf(SessionEffect.Line.class) -> lines.put(e.position(), end);
        case Entry.Replied e when lines.containsKey(e.position()) && isDeparture(e, codec) -> {
          return answered(entries.subList(0, lines.get(e.position())));
        }
        default -> {}
      }
      end++;
    }
    return answered(entries);
  }

  private static boolean isDeparture(Entry.Replied reply, Codec codec) {
    return reply.outcome() instanceof Outcome.Value(var value) && codec.decode(value) == null;
  }

  /** Returns the entries without effects that have no reply, and without the run's own end. */
  static List<Entry> answered(List<Entry> entries) {
    Set<Position> open =
        History.of(entries).open().stream().map(Entry.Asked::position).collect(Collectors.toSet());
    return entries.stream().filter(entry -> !isOf(open, entry)).toList();
  }

  private static boolean isOf(Set<Position> open, Entry entry) {
    return switch (entry) {
      case Entry.Owned _, Entry.Ended _ -> true;
      case Entry.Asked e -> open.contains(e.position().effect());
      case Entry.Replied e -> open.contains(e.position().effect());
      case Entry.Noted e -> open.contains(e.position().effect());
      case Entry.Parked e -> open.contains(e.position());
      default -> false;
    };
  }
}
