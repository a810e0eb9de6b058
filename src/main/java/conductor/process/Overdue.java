package conductor.process;

import java.time.Duration;
import java.util.List;

/** The error of a program that did not end within its limit and was ended. */
public final class Overdue extends CannotRun {

  private final transient List<String> running;

  Overdue(List<String> words, Duration limit, List<String> running) {
    super("'%s' did not end within %s".formatted(String.join(" ", words), limit));
    this.running = List.copyOf(running);
  }

  public List<String> running() {
    return running;
  }
}
