package conductor.handlers.people;

import conductor.effect.Entered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue for the input of a person in a session, from the prompt to the run. Safe for use by
 * several threads.
 */
public final class InputLines {

  private final Deque<Optional<Entered>> given = new ArrayDeque<>();
  private boolean wanted;
  private boolean asked;
  private boolean over;

  /** The input that a session waits for. */
  public enum Want {
    LINE,
    /** Possibly the answer to a question. */
    ANSWER,
    /** No further input, because the session is over. */
    NOTHING
  }

  /** Waits until the session needs input, after it has processed all earlier input. */
  public synchronized Want awaitWanted() throws InterruptedException {
    while (!over && !asked && !(wanted && given.isEmpty())) {
      wait();
    }
    boolean answer = asked;
    asked = false;
    return over ? Want.NOTHING : wanted || !answer ? Want.LINE : Want.ANSWER;
  }

  /** Reports that the evaluation of an input waits for a person. */
  public synchronized void ask() {
    asked = !wanted;
    notifyAll();
  }

  public synchronized void give(Entered entered) {
    given.add(Optional.of(entered));
    notifyAll();
  }

  public synchronized void leave() {
    given.add(Optional.empty());
    notifyAll();
  }

  /** Ends the session; {@link #awaitWanted} returns from now on without waiting. */
  public synchronized void end() {
    over = true;
    notifyAll();
  }

  /** Waits for the next input and returns it; null when the person leaves. */
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
