package conductor.process;

import java.time.Duration;
import java.util.List;

/** The error of a program that did not end within its limit and was ended. */
public final class Overdue extends CannotRun {

  private final transient List<String> running;

  /**
   * Returns the error of a program that was ended.
   *
   * @param words the program and its arguments
   * @param running the command lines of its descendants that still ran
   */
  Overdue(List<String> words, Duration limit, List<String> running) {
    super("'%s' did not end within %s".formatted(String.join(" ", words), limit));
    this.running = List.copyOf(running);
  }

  /**
   * Returns the command lines of the program's descendants that still ran when the limit was over.
   */
  public List<String> running() {
    return running;
  }
}
