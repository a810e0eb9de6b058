package conductor.repl;

import java.util.function.Predicate;

/** The source of a session's input: a person at a terminal, or a stream. */
interface Prompter {

  /** The result of a read. */
  sealed interface Input {
    /** A text, complete as far as can be told. */
    record Text(String text) implements Input {}

    /** The person discarded the line. */
    record Dropped() implements Input {}

    /** The end of the input. */
    record End() implements Input {}
  }

  /**
   * Reads the next text.
   *
   * @param unfinished returns whether a text continues on the next line
   */
  Input next(Predicate<String> unfinished);

  /**
   * Reads the answer to a question; an interrupt of the thread counts as the end.
   *
   * @param question the text that is shown before the answer
   */
  Input answer(String question);

  /**
   * Has the person edit a text in a program of their own, and returns what became of it.
   *
   * @throws Editor.Failed when it could not be edited, or there is no terminal
   */
  String edit(String text) throws Editor.Failed;

  /**
   * Shows a text page by page.
   *
   * @throws Editor.Failed when that is not possible, or there is no terminal
   */
  void page(String text) throws Editor.Failed;

  /** Returns the prompt of a text's second and later lines. */
  static String more(String prompt) {
    return " ".repeat(prompt.length() - 2) + "| ";
  }

  /** Ends a waiting read; the session is over. */
  void wake();
}
