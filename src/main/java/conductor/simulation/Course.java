package conductor.simulation;

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

  static Course at(End end) {
    return new Course(Duration.ZERO, end);
  }

  /** Returns this course, or one that ends otherwise at a limit before it is over. */
  Course within(@Nullable Duration limit, End otherwise) {
    boolean over = limit != null && (takes == null || takes.compareTo(limit) > 0);
    return over ? new Course(limit, otherwise) : this;
  }
}
