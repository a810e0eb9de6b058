package conductor.handlers.forge.github;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds the review threads that somebody resolved, which only GraphQL reports. */
record ResolvedThreads(Client client, Slug base) {

  /** The prefix of the ids of comments that begin a thread. */
  static final String THREAD = "comment:";

  private static final String QUERY =
      """
      query($owner: String!, $name: String!, $number: Int!, $after: String) {
        repository(owner: $owner, name: $name) {
          pullRequest(number: $number) {
            reviewThreads(first: 100, after: $after) {
              pageInfo { hasNextPage endCursor }
              nodes { isResolved comments(first: 1) { nodes { databaseId } } }
            }
          }
        }
      }
      """;

  /** Returns the ids of the comments that begin resolved threads; none when that is refused. */
  Set<String> of(int number) throws InterruptedException {
    var resolved = new HashSet<String>();
    var variables = new HashMap<String, Object>();
    variables.putAll(Map.of("owner", base.owner(), "name", base.name(), "number", number));
    boolean more = true;
    while (more) {
      Optional<JsonNode> data = client.query(QUERY, variables);
      JsonNode threads =
          data.map(known -> known.path("repository").path("pullRequest").path("reviewThreads"))
              .orElseGet(JsonNodeFactory.instance::objectNode);
      for (JsonNode thread : threads.path("nodes")) {
        JsonNode first = thread.path("comments").path("nodes").path(0).path("databaseId");
        if (thread.path("isResolved").asBoolean(false) && first.isNumber()) {
          resolved.add(THREAD + first.asString());
        }
      }
      more = threads.path("pageInfo").path("hasNextPage").asBoolean(false);
      variables.put("after", threads.path("pageInfo").path("endCursor").asString(""));
    }
    return resolved;
  }
}
