package conductor.agent;

/** What an agent is told besides what the script says. */
final class Prompts {

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
}
