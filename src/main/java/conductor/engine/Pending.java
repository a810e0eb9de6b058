package conductor.engine;

import conductor.effect.Effect;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An effect that a branch waits for. Belongs to the loop's thread. */
final class Pending {

  final Position position;
  final Branch branch;
  final Request request;

  /** Whether the journal holds its intent. */
  boolean intended;

  /** The effect with its defaults filled in, once it was dispatched. */
  @Nullable Effect<?> resolved;

  /** Its intent, once it was dispatched. */
  Entry.@Nullable Asked intent;

  /** The effect as it is to be performed again; null when it is not. */
  @Nullable Effect<?> again;

  /** Its failure, while people decide what becomes of that; null otherwise. */
  Outcome.@Nullable Failed parked;

  /** Whether its branch was cancelled meanwhile: what comes back is not delivered. */
  boolean abandoned;

  /** The work of its handler, or the question about its failure; null before it is dispatched. */
  @Nullable RunningEffect performance;

  Pending(Position position, Branch branch, Request request) {
    this.position = position;
    this.branch = branch;
    this.request = request;
  }

  String effect() {
    return request.effect().kind();
  }

  boolean asksPerson() {
    return performance != null && performance.asksPerson();
  }

  List<String> calls() {
    return request.calls();
  }
}
