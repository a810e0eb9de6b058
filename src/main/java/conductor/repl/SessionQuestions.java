package conductor.repl;

import java.util.List;

/** The questions that a session asks people while it evaluates an entry. */
public interface SessionQuestions {

  /**
   * A question.
   *
   * @param gate the position by which it is answered
   * @param options empty when any text will do
   */
  record Question(String gate, String prompt, List<String> options) {}

  /** Returns the questions that wait for an answer, the oldest first. */
  List<Question> open();

  /**
   * Answers a question.
   *
   * @return false when somebody else has answered it before
   */
  boolean answer(String gate, String text);

  /** Returns the questions of a session that asks none. */
  static SessionQuestions none() {
    return new SessionQuestions() {
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
