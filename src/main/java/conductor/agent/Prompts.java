package conductor.agent;

/** What an agent is told besides what the script says. */
final class Prompts {

  /** Before the prompt of a turn that is begun again, for a program that remembers nothing. */
  static final String CONTINUE =
      """
      You were interrupted while working on the task below, and nobody can say how far you came. Look at what is
      there, then go on with it; do not do anything twice.

      """;

  /** In place of the prompt, in a session that remembers it. */
  static final String GO_ON =
      """
      You were interrupted in the middle of your work, and nobody can say how far you came. Look at what is there,
      then go on with what you were asked; do not do anything twice.
      """;

  private Prompts() {}

  static String structured(String prompt, String schema) {
    return prompt
        + "\n\nAnswer with one JSON value and nothing else. It must fit this JSON schema:\n"
        + schema
        + "\n";
  }

  static String again(String prompt, String answer, String problem) {
    return prompt
        + "\nYou have answered before, and the answer does not fit the schema: "
        + problem
        + "\nYour answer was:\n"
        + answer.strip()
        + "\nAnswer again, with the JSON value only.\n";
  }

  /** In a session that remembers the question. */
  static String correct(String problem, String schema) {
    return "Your answer does not fit the schema: "
        + problem
        + "\nAnswer again, with the JSON value only. The schema is:\n"
        + schema
        + "\n";
  }
}
