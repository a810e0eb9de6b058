package conductor.gate;

import conductor.effect.Entered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person enters into a session, on its way from the prompt to the run. Safe for use by
 * several threads: the run takes, the prompt gives.
 */
public final class Lines {

  private final Deque<Optional<Entered>> given = new ArrayDeque<>();
  private boolean wanted;
  private boolean over;

  /**
   * Waits until the session wants something, having done what was entered before.
   *
   * @return false when the session is over
   */
  public synchronized boolean awaitWanted() throws InterruptedException {
    while (!over && !(wanted && given.isEmpty())) {
      wait();
    }
    return !over;
  }

  /** Enters something. */
  public synchronized void give(Entered entered) {
    given.add(Optional.of(entered));
    notifyAll();
  }

  /** The person leaves. */
  public synchronized void leave() {
    given.add(Optional.empty());
    notifyAll();
  }

  /** The session is over; nobody waits any longer. */
  public synchronized void end() {
    over = true;
    notifyAll();
  }

  /** What is entered next; null when the person leaves. */
  synchronized @Nullable Entered next() throws InterruptedException {
    try {
      while (given.isEmpty()) {
        wanted = true;
        notifyAll();
        wait();
      }
      return given.remove().orElse(null);
    } finally {
      wanted = false;
    }
  }
}
