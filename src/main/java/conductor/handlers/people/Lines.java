package conductor.handlers.people;

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
  private boolean asked;
  private boolean over;

  /** What a session wants of the person. */
  public enum Want {
    /** The next line. */
    LINE,
    /** Perhaps the answer to a question. */
    ANSWER,
    /** Nothing any more: it is over. */
    NOTHING
  }

  /** Waits until the session wants something, having done what was entered before. */
  public synchronized Want awaitWanted() throws InterruptedException {
    while (!over && !asked && !(wanted && given.isEmpty())) {
      wait();
    }
    boolean answer = asked;
    asked = false;
    return over ? Want.NOTHING : wanted || !answer ? Want.LINE : Want.ANSWER;
  }

  /** What was entered waits for a person. */
  public synchronized void ask() {
    asked = !wanted;
    notifyAll();
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

  /** Returns what is entered next; null when the person leaves. */
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
