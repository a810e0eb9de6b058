package conductor.engine;

import conductor.journal.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An effect that a branch waits for. Belongs to the loop's thread. */
final class Pending {

  final Position position;
  final Branch branch;
  final Mail.Request request;

  /** Whether the journal holds its intent. */
  boolean intended;

  /** Whether its branch was cancelled meanwhile: what comes back is not delivered. */
  boolean abandoned;

  /** Its handler at work; null before it is dispatched. */
  @Nullable Performance performance;

  Pending(Position position, Branch branch, Mail.Request request) {
    this.position = position;
    this.branch = branch;
    this.request = request;
  }

  String effect() {
    return request.effect().kind();
  }

  /** The chain of calls in the scripts, innermost first. */
  List<String> calls() {
    return calls(request);
  }

  static List<String> calls(Mail.Request request) {
    return request.site().frames().stream().map(Object::toString).toList();
  }
}
