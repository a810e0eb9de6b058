package conductor.repl;

import java.util.function.Predicate;

/** Where lines come from: a person at a terminal, or a stream. */
interface Prompter {

  /** What came. */
  sealed interface Input {
    /** A text, whole as far as can be seen. */
    record Text(String text) implements Input {}

    /** The person thought better of what they were typing. */
    record Dropped() implements Input {}

    /** Nothing comes any more. */
    record End() implements Input {}
  }

  /**
   * Waits for the next text.
   *
   * @param unfinished whether a text goes on in the next line
   */
  Input next(Predicate<String> unfinished);

  /**
   * Waits for the answer to a question; an interrupt of the thread is the end.
   *
   * @param question what it is, as it stands before the answer
   */
  Input answer(String question);

  /** Returns what stands before the further lines of a text. */
  static String more(String prompt) {
    return " ".repeat(prompt.length() - 2) + "| ";
  }

  /** Wakes up who waits: the session is over. */
  void wake();
}
