package conductor.simulation;

import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.journal.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
  private final LongSupplier order;
  private final Set<String> coming = new HashSet<>();
  private Instant now;
  private int process;

  /** Ends the run of which nothing would ever come. */
  interface End {
    void end(String reason);
  }

  /**
   * Something that comes about.
   *
   * @param waiter who waits for it; null where nobody does
   */
  private record Due(Instant at, long order, @Nullable Waiter waiter, Runnable comes) {}

  /** The wait for the end of an effect, by one process after the other that executes the run. */
  static final class Waiter {
    private final String position;
    private final CountDownLatch over = new CountDownLatch(1);
    private int process;

    private Waiter(String position, int process) {
      this.position = position;
      this.process = process;
    }

    /** Waits until the effect ends. */
    void await() throws InterruptedException {
      over.await();
    }
  }

  /**
   * Returns a clock.
   *
   * @param longest how long a run may take in this time
   * @param order numbers what is asked for: of two things that come about at one moment the one
   *     with the smaller number comes first
   */
  VirtualTime(Instant start, Duration longest, LongSupplier order, End end) {
    this.order = order;
    this.start = start;
    this.now = start;
    this.longest = longest;
    this.end = end;
  }

  /** Returns numbers in the order in which they are asked for; for a seed other than 0 any. */
  static LongSupplier order(long seed) {
    if (seed == 0) {
      return new AtomicLong()::getAndIncrement;
    }
    var random = new Random(seed);
    return random::nextLong;
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
    queue.add(new Due(now.plus(time), order.getAsLong(), null, comes));
  }

  /** Has an effect end after a time; null for never. */
  synchronized Waiter ends(@Nullable Duration time, String position) {
    var waiter = new Waiter(position, process);
    if (time != null) {
      queue.add(new Due(now.plus(time), order.getAsLong(), waiter, waiter.over::countDown));
    }
    return waiter;
  }

  /** Has a resumed run wait again for the end of an effect that the killed one waited for. */
  synchronized void again(Waiter waiter) {
    waiter.process = process;
    if (waiter.over.getCount() == 0) {
      coming.add(waiter.position);
    }
  }

  /** Forgets the end of an effect; that it was cancelled comes in its place. */
  @Override
  public synchronized void cancelled(Position position) {
    queue.removeIf(due -> due.waiter() != null && due.waiter().position.equals(position.text()));
    coming.add(position.text());
  }

  /** Forgets who waited in a process that was killed. */
  synchronized void killed() {
    process++;
    coming.clear();
  }

  @Override
  public void appended(Entry entry) {
    if (entry instanceof Entry.Replied reply) {
      ended(reply.position().text());
    }
  }

  private synchronized void ended(String position) {
    coming.remove(position);
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
    while (coming.isEmpty()) {
      Due next = queue.poll();
      if (next == null) {
        return "nothing will ever come of what it waits for";
      }
      if (Duration.between(start, next.at()).compareTo(longest) > 0) {
        return "it is not over after %d days".formatted(longest.toDays());
      }
      now = next.at();
      Waiter waiter = next.waiter();
      if (waiter != null && waiter.process == process) {
        coming.add(waiter.position);
      }
      next.comes().run();
    }
    return null; // the reply is on the way
  }
}
