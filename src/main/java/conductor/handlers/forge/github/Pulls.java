package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads pull requests of a repository on GitHub and interprets their JSON.
 *
 * @param base the repository that the pull requests are for
 */
record Pulls(Client client, Slug base) {

  static PRHandle handle(JsonNode pull) {
    return new PRHandle(
        pull.path("html_url").asString(""),
        pull.path("number").asInt(),
        pull.path("title").asString(""),
        branch(pull),
        target(pull),
        status(pull),
        Instant.parse(pull.path("created_at").asString("")),
        head(pull));
  }

  static Status status(JsonNode pull) {
    if (isMerged(pull)) {
      return Status.MERGED;
    }
    if (!isOpen(pull)) {
      return Status.CLOSED;
    }
    return pull.path("draft").asBoolean(false) ? Status.DRAFT : Status.OPEN;
  }

  static boolean isMerged(JsonNode pull) {
    return pull.path("merged_at").isString() || pull.path("merged").asBoolean(false);
  }

  /** Returns a pull request as merged, because GitHub may show the state before for a while. */
  static JsonNode merged(JsonNode pull) {
    return ((ObjectNode) pull.deepCopy()).put("merged", true).put("state", "closed");
  }

  static boolean isOpen(JsonNode pull) {
    return pull.path("state").asString("").equals("open");
  }

  static String head(JsonNode pull) {
    return pull.path("head").path("sha").asString("");
  }

  static String branch(JsonNode pull) {
    return pull.path("head").path("ref").asString("");
  }

  static String target(JsonNode pull) {
    return pull.path("base").path("ref").asString("");
  }

  /** Returns the repository of the branch; empty when the fork that it came from is gone. */
  static Optional<Slug> repository(JsonNode pull) {
    return Slug.parsed(pull.path("head").path("repo").path("full_name").asString(""));
  }

  /** Returns a path of the API below a pull request. */
  String at(int number, String path) {
    return base.at("/pulls/" + number + path);
  }

  /** Returns a path of the API below a pull request as an issue. */
  String issue(int number, String path) {
    return base.at("/issues/" + number + path);
  }

  /** Reads a pull request; {@code UnknownPullRequest} with the shown reference for none. */
  JsonNode read(int number, String shown) throws InterruptedException {
    Answer answer = client.get(at(number, ""));
    if (answer.status() == 404) {
      throw new ForgeFailure.UnknownPullRequest(shown);
    }
    return answer.must();
  }

  /** Reads a pull request that is known to exist, which GitHub may show late. */
  JsonNode read(PRHandle pr) throws InterruptedException {
    return client
        .late(() -> {
          Answer answer = client.get(at(pr.number(), ""));
          return answer.status() == 404 ? Optional.empty() : Optional.of(answer.must());
        })
        .orElseThrow(() -> new ForgeFailure.UnknownPullRequest(pr.url()));
  }

  /** Deletes the branch, unless it is gone; reports a branch that GitHub does not delete. */
  void deleteBranch(JsonNode pull) throws InterruptedException {
    Optional<Slug> repository = repository(pull);
    if (repository.isEmpty()) {
      return;
    }
    String branch = branch(pull);
    String ref = repository.get().at("/git/refs/heads/" + path(branch));
    Answer answer = client.send("DELETE", ref, null, Client.REPEATABLE);
    if (!answer.ok() && answer.status() != 404 && answer.status() != 422) {
      client.say("the branch '%s' is kept: %s".formatted(branch, answer.words()));
    }
  }

  /** Returns a branch's name encoded for a path, with its slashes kept. */
  static String path(String branch) {
    return Slug.encoded(branch).replace("%2F", "/");
  }
}
