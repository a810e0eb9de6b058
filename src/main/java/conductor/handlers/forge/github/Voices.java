package conductor.handlers.forge.github;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whose words on a pull request reach agents. Where everybody may speak, those count who may write
 * to the repository, and in reviews also the apps that its owners installed. The words of accounts
 * that were deleted count nowhere.
 *
 * @param closed whether only those can speak who were let in
 */
record Voices(boolean closed) {

  private static final Set<String> WRITERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  static Voices on(JsonNode pull) {
    return new Voices(pull.path("base").path("repo").path("private").asBoolean(false));
  }

  /** Returns whether a review or one of its comments counts. */
  boolean reviewing(JsonNode word) {
    return !isNobody(word) && (trusted(word) || isBot(word));
  }

  /** Returns whether a word of the conversation counts that a person wrote. */
  boolean conversing(JsonNode word) {
    return !isNobody(word)
        && trusted(word)
        && isUser(word)
        && !word.path("performed_via_github_app").isObject();
  }

  private boolean trusted(JsonNode word) {
    return closed || WRITERS.contains(word.path("author_association").asString(""));
  }

  private static boolean isUser(JsonNode word) {
    return type(word).equals("User");
  }

  private static boolean isBot(JsonNode word) {
    return type(word).equals("Bot");
  }

  /**
   * Returns whether the account is gone: nobody answers for the word, and nobody can take it back.
   */
  private static boolean isNobody(JsonNode word) {
    return type(word).isEmpty() || word.path("user").path("login").asString("").equals("ghost");
  }

  private static String type(JsonNode word) {
    return word.path("user").path("type").asString("");
  }
}
