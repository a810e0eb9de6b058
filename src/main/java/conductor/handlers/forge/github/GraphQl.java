package conductor.handlers.forge.github;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The parts of GitHub's GraphQL API that have no counterpart in the REST API. */
record GraphQl(Client client) {

  private static final String QUEUED =
      "query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name)"
          + " { pullRequest(number: $number) { isInMergeQueue } } }";

  /**
   * Sends a mutation of a pull request.
   *
   * @param name the name of the mutation, such as {@code markPullRequestReadyForReview}
   * @param input the type of its input, and the input itself
   * @param found looks for the result when an answer was lost
   * @return GitHub's words when it refuses the mutation; empty when it was done
   */
  Optional<String> mutate(String name, String type, Map<String, ?> input, Client.Found found)
      throws InterruptedException {
    String query =
        "mutation($input: %s!) { %s(input: $input) { pullRequest { id } } }".formatted(type, name);
    Map<String, ?> body = Map.of("query", query, "variables", Map.of("input", input));
    Answer answer = client.send("POST", client.site().graphql(), body, found);
    String words =
        answer
            .must()
            .path("errors")
            .valueStream()
            .map(error -> error.path("message").asString(""))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** Returns whether a pull request is in the merge queue; false where there is no such queue. */
  boolean isInMergeQueue(Slug repository, int number) throws InterruptedException {
    Map<String, ?> variables =
        Map.of("owner", repository.owner(), "name", repository.name(), "number", number);
    return client
        .query(QUEUED, variables)
        .map(data -> data.path("repository").path("pullRequest").path("isInMergeQueue"))
        .map(queued -> queued.asBoolean(false))
        .orElse(false);
  }

  /** Returns the id of a pull request in this API. */
  static String id(JsonNode pull) {
    return pull.path("node_id").asString("");
  }
}
