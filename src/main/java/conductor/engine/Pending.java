package conductor.engine;

import conductor.effect.Effect;
import conductor.engine.handler.Key;
import conductor.engine.handler.Ongoing;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.List;
import java.util.Optional;
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

  /** Whether its act is performed, and its reply not yet written. */
  boolean acts;

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

  /** Returns the key of its act in a run and an epoch. */
  Key key(String run, int epoch) {
    return new Key(run, epoch, position.text(), request.hash());
  }

  /** Returns what handlers are told of it while its act is performed; else empty. */
  Optional<Ongoing> ongoing(String run) {
    return acts && intent != null && resolved != null
        ? Optional.of(new Ongoing(key(run, intent.epoch()), resolved))
        : Optional.empty();
  }

  boolean asksPerson() {
    return performance != null && performance.asksPerson();
  }

  List<String> calls() {
    return request.calls();
  }
}
