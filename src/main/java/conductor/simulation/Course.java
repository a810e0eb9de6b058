package conductor.simulation;

import conductor.effect.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The course that an effect takes in a simulation.
 *
 * @param takes how long until it ends; null for ever
 * @param end what comes about then
 */
record Course(@Nullable Duration takes, End end) {

  /** Ends an effect. */
  interface End {

    /** Returns the reply, or throws the failure with which the effect ends. */
    @Nullable Object reply() throws InterruptedException;
  }

  /** Returns a course that ends once, however often its end is asked for. */
  Course once() {
    return new Course(takes, new Once(end));
  }

  /** The end of an effect that a process may be killed before it has noted it. */
  private static final class Once implements End {

    private final End end;
    private boolean over;
    private @Nullable Object reply;
    private @Nullable Failure failure;

    Once(End end) {
      this.end = end;
    }

    @Override
    public synchronized @Nullable Object reply() throws InterruptedException {
      if (!over) {
        try {
          reply = end.reply();
        } catch (Failure e) {
          failure = e;
        }
        over = true;
      }
      if (failure != null) {
        throw failure;
      }
      return reply;
    }
  }

  static Course at(End end) {
    return new Course(Duration.ZERO, end);
  }

  /** Returns this course, or one that ends otherwise at a limit before it is over. */
  Course within(@Nullable Duration limit, End otherwise) {
    boolean over = limit != null && (takes == null || takes.compareTo(limit) > 0);
    return over ? new Course(limit, otherwise) : this;
  }
}
