package conductor.repl;

import java.util.List;

/** What a session asks people while it does what was entered. */
public interface Questions {

  /**
   * A question.
   *
   * @param gate what it is answered by
   * @param options empty when any text will do
   */
  record Question(String gate, String prompt, List<String> options) {}

  /** Returns those that wait for an answer, the oldest first. */
  List<Question> open();

  /** Answers one; false when somebody else was faster. */
  boolean answer(String gate, String text);

  /** Nothing is asked. */
  static Questions none() {
    return new Questions() {
      @Override
      public List<Question> open() {
        return List.of();
      }

      @Override
      public boolean answer(String gate, String text) {
        return false;
      }
    };
  }
}
