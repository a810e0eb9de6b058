package conductor.engine;

import conductor.effect.GatherFailed;
import conductor.journal.Position;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Traces an exception that escaped a script back to the recorded failures that caused it. */
final class Causes {

  private final IdentityHashMap<Throwable, Position> raised = new IdentityHashMap<>();

  void raised(Throwable failure, Position position) {
    raised.put(failure, position);
  }

  /**
   * Returns the positions of the failures that an exception is, wraps or gathers, in program order;
   * none for null.
   */
  List<Position> of(@Nullable Throwable escaped) {
    Set<Position> positions = new LinkedHashSet<>();
    collect(escaped, positions, new LinkedHashSet<>());
    return positions.stream().sorted().toList();
  }

  private void collect(@Nullable Throwable error, Set<Position> positions, Set<Throwable> seen) {
    if (error == null || !seen.add(error)) {
      return;
    }
    Position position = raised.get(error);
    if (position != null) {
      positions.add(position);
    }
    collect(error.getCause(), positions, seen);
    if (error instanceof GatherFailed gathered) {
      gathered.failures.values().forEach(failure -> collect(failure, positions, seen));
    }
  }
}
