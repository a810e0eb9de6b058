package conductor.handlers.agent;

import conductor.effect.Durations;

/** Composes the texts that are sent to agents in addition to a script's prompts. */
final class Prompts {

  /** Precedes a repeated prompt, for a program that does not remember the first attempt. */
  static final String CONTINUE =
      """
      You were interrupted while working on the task below, and nobody can say how far you came. Look at what is
      there, then go on with it; do not do anything twice.

      """;

  /** Replaces the prompt of a repeated turn in a session that remembers it. */
  static final String GO_ON =
      """
      You were interrupted in the middle of your work, and nobody can say how far you came. Look at what is there,
      then go on with what you were asked; do not do anything twice.
      """;

  private Prompts() {}

  /** Returns the prompt after a turn without an answer, in a session that remembers it. */
  static String goOn(TurnEnd end) {
    return happened(end)
        + " What you have done so far is there. Look at it, then go on with what you were asked; do not do anything twice.\n";
  }

  /** Returns the prompt after a turn without an answer, for a program that remembers nothing. */
  static String goOn(TurnEnd end, String prompt) {
    return "You have worked on the task below before. " + goOn(end) + "\n" + prompt;
  }

  private static String happened(TurnEnd end) {
    String limit = end.seconds() == null ? "your time" : Durations.brief(end.limit());
    return switch (end.how()) {
      case TIMEOUT ->
          "You ran out of time: %s were over, and you have as much again.".formatted(limit);
      case IDLE_TIMEOUT ->
          "You were ended because nothing had been heard of you for %s. Do what takes long in steps, and say what you do."
              .formatted(limit);
      case ABORTED ->
          "You were stopped in the middle of your work, for a reason that lies elsewhere.";
      case RATE_LIMITED -> "You were cut off: the model took no more work for a while.";
      case DENIED -> "You were not permitted something: " + end.text().strip();
      case EXITED, FAILED, LOST, UNAVAILABLE, NOT_TRUSTED, NOT_FORKABLE, ANSWERED ->
          "You ended in the middle of your work"
              + (end.text().isBlank() ? "." : ":\n" + end.text().strip() + "\n");
    };
  }

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

  /** Returns the request for a corrected answer, in a session that remembers the question. */
  static String correct(String problem, String schema) {
    return "Your answer does not fit the schema: "
        + problem
        + "\nAnswer again, with the JSON value only. The schema is:\n"
        + schema
        + "\n";
  }
}
