package conductor.forge.github;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whose words on a pull request reach agents. Where everybody may speak, those count who may write
 * to the repository, and in reviews also the apps that its owners installed.
 *
 * @param closed whether only those can speak who were let in
 */
record Voices(boolean closed) {

  private static final Set<String> WRITERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  static Voices on(JsonNode pull) {
    return new Voices(pull.path("base").path("repo").path("private").asBoolean(false));
  }

  /** Whether a review or one of its comments counts. */
  boolean reviewing(JsonNode word) {
    return trusted(word) || !isUser(word);
  }

  /** Whether a word of the conversation counts that a person wrote. */
  boolean conversing(JsonNode word) {
    return trusted(word) && isUser(word) && !word.path("performed_via_github_app").isObject();
  }

  private boolean trusted(JsonNode word) {
    return closed || WRITERS.contains(word.path("author_association").asString(""));
  }

  private static boolean isUser(JsonNode word) {
    return word.path("user").path("type").asString("").equals("User");
  }
}
