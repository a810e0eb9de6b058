package conductor.handlers.forge.github;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Decides whose comments on a pull request are passed to agents. In a public repository only
 * comments of people who may write to it count, and in reviews also those of installed apps.
 * Comments of deleted accounts never count.
 *
 * @param closed whether the repository is private, so that only people with access can comment
 */
record TrustedAuthors(boolean closed) {

  private static final Set<String> WRITERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

  static TrustedAuthors on(JsonNode pull) {
    return new TrustedAuthors(pull.path("base").path("repo").path("private").asBoolean(false));
  }

  /** Returns whether a review, or one of its comments, counts. */
  boolean reviewing(JsonNode word) {
    return !isNobody(word) && (trusted(word) || type(word).equals("Bot"));
  }

  /** Returns whether a comment of the conversation counts; it must be written by a person. */
  boolean conversing(JsonNode word) {
    return !isNobody(word)
        && trusted(word)
        && type(word).equals("User")
        && !word.path("performed_via_github_app").isObject();
  }

  private boolean trusted(JsonNode word) {
    return closed || WRITERS.contains(word.path("author_association").asString(""));
  }

  /** Returns whether the account is deleted, so that nobody can take the comment back. */
  private static boolean isNobody(JsonNode word) {
    return type(word).isEmpty() || word.path("user").path("login").asString("").equals("ghost");
  }

  private static String type(JsonNode word) {
    return word.path("user").path("type").asString("");
  }
}
