package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.handlers.forge.Forge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The parts of GitHub's GraphQL API that have no counterpart in the REST API. */
record GraphQl(Client client) {

  private static final Set<String> DENIED = Set.of("FORBIDDEN", "INSUFFICIENT_SCOPES", "NOT_FOUND");

  private static final String QUEUED =
      "query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name)"
          + " { pullRequest(number: $number) { isInMergeQueue } } }";

  private static final String QUEUE =
      "query($owner: String!, $name: String!, $number: Int!, $branch: String!)"
          + " { repository(owner: $owner, name: $name) { mergeQueue(branch: $branch) { id }"
          + " pullRequest(number: $number) { isInMergeQueue timelineItems(last: 1, itemTypes:"
          + " [ADDED_TO_MERGE_QUEUE_EVENT, REMOVED_FROM_MERGE_QUEUE_EVENT]) { nodes { __typename"
          + " ... on RemovedFromMergeQueueEvent { reason } } } } } }";

  /**
   * Sends a mutation of a pull request.
   *
   * @param name the name of the mutation, such as {@code markPullRequestReadyForReview}
   * @param input the type of its input, and the input itself
   * @param found looks for the result when an answer was lost
   * @return GitHub's words when it refuses the mutation; empty when it was done
   * @throws ForgeFailure.ForgeDenied when the token may not do this
   */
  Optional<String> mutate(String name, String type, Map<String, ?> input, Client.Found found)
      throws InterruptedException {
    String query =
        "mutation($input: %s!) { %s(input: $input) { pullRequest { id } } }".formatted(type, name);
    Map<String, ?> body = Map.of("query", query, "variables", Map.of("input", input));
    Answer answer = client.send("POST", client.site().graphql(), body, found);
    List<JsonNode> errors = answer.must().path("errors").valueStream().toList();
    String words =
        errors.stream()
            .map(error -> error.path("message").asString(""))
            .collect(Collectors.joining("; "));
    if (errors.stream().anyMatch(error -> DENIED.contains(error.path("type").asString("")))) {
      throw new ForgeFailure.ForgeDenied(
          client.site().web(),
          "%s is not allowed: %s; the token needs the scope 'repo', or for a fine-grained one 'Pull requests' read and write"
              .formatted(name, words));
    }
    return errors.isEmpty() ? Optional.empty() : Optional.of(words);
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

  /** Returns what the merge queue of a branch has to do with a pull request. */
  Forge.MergeQueue mergeQueue(Slug repository, int number, String branch)
      throws InterruptedException {
    Map<String, ?> variables =
        Map.of(
            "owner",
            repository.owner(),
            "name",
            repository.name(),
            "number",
            number,
            "branch",
            branch);
    JsonNode there =
        client
            .query(QUEUE, variables)
            .map(data -> data.path("repository"))
            .orElseGet(MissingNode::getInstance);
    JsonNode pull = there.path("pullRequest");
    JsonNode last = pull.path("timelineItems").path("nodes").path(0);
    boolean left =
        !pull.path("isInMergeQueue").asBoolean(false)
            && last.path("__typename").asString("").equals("RemovedFromMergeQueueEvent");
    String reason = last.path("reason").asString("");
    return new Forge.MergeQueue(
        there.path("mergeQueue").isObject(),
        left ? Optional.of(reason.isBlank() ? "no reason is given" : reason) : Optional.empty());
  }

  /** Returns the id of a pull request in this API. */
  static String id(JsonNode pull) {
    return pull.path("node_id").asString("");
  }
}
