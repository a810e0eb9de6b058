package conductor.simulation;

import conductor.engine.RunListener;
import conductor.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a simulated run. It stands still as long as the run can go on, and when all of it
 * waits it moves on to the moment at which the next thing comes about; of several at one moment the
 * one that was asked for first. So a week passes at once, and the order of replies is the same each
 * time. Safe for use by the threads of one run.
 */
final class VirtualTime implements InstantSource, RunListener {

  private final Instant start;
  private final Duration longest;
  private final End end;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private Instant now;
  private long order;
  private @Nullable Due came;

  /** Ends the run of which nothing would ever come. */
  interface End {
    void end(String reason);
  }

  /**
   * Something that comes about.
   *
   * @param position of the effect that it ends; null when it ends none
   */
  record Due(Instant at, long order, @Nullable String position, Runnable comes) {}

  /** The end of an effect, for which a thread of its handler waits. */
  record Wait(Due due, CountDownLatch over) {}

  /**
   * Returns a clock.
   *
   * @param longest how long a run may take in this time
   */
  VirtualTime(Instant start, Duration longest, End end) {
    this.start = start;
    this.now = start;
    this.longest = longest;
    this.end = end;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized Duration passed() {
    return Duration.between(start, now);
  }

  /** Has something come about after a time, on the thread of the run's loop. */
  synchronized void after(Duration time, Runnable comes) {
    queue.add(new Due(now.plus(time), order++, null, comes));
  }

  /** Has an effect end after a time; null for never. */
  synchronized Wait ends(@Nullable Duration time, String position) {
    var over = new CountDownLatch(1);
    Instant at = time == null ? Instant.MAX : now.plus(time);
    var due = new Due(at, order++, position, over::countDown);
    if (time != null) {
      queue.add(due);
    }
    return new Wait(due, over);
  }

  /** Waits until an effect ends, which it does not when the thread is interrupted. */
  void await(Wait wait) throws InterruptedException {
    try {
      wait.over().await();
    } catch (InterruptedException e) {
      forget(wait.due());
      throw e;
    }
  }

  private synchronized void forget(Due due) {
    queue.remove(due);
  }

  @Override
  public void appended(Entry entry) {
    if (entry instanceof Entry.Replied reply) {
      ended(reply.position().text());
    }
  }

  private synchronized void ended(String position) {
    if (came != null && position.equals(came.position())) {
      came = null;
    }
  }

  @Override
  public void idle() {
    String reason = next();
    if (reason != null) {
      end.end(reason);
    }
  }

  /** Lets things come about until an effect has ended; returns why the run has to end instead. */
  private synchronized @Nullable String next() {
    while (came == null) {
      Due next = queue.poll();
      if (next == null) {
        return "nothing will ever come of what it waits for";
      }
      if (Duration.between(start, next.at()).compareTo(longest) > 0) {
        return "it is not over after %d days".formatted(longest.toDays());
      }
      now = next.at();
      if (next.position() != null) {
        came = next;
      }
      next.comes().run();
    }
    return null; // the reply is on the way
  }
}
