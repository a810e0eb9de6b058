package conductor.handlers.forge.github;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.engine.handler.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads and resolves issues of a repository on GitHub. */
record Issues(Client client, Slug repository, Comments comments) {

  private static int number(String reference) {
    String number = reference.replaceFirst("^.*/(issues|pull)/", "").replaceFirst("^.*#", "");
    if (!number.matches("\\d{1,9}")) {
      throw new IssueFailure.IssueNotFound(reference, "; an issue of a forge is written '#42'");
    }
    return Integer.parseInt(number);
  }

  Issue read(String reference) throws InterruptedException {
    return issue(found(reference), null);
  }

  private JsonNode found(String reference) throws InterruptedException {
    Answer answer = client.get(repository.at("/issues/" + number(reference)));
    if (answer.status() == 404 || answer.status() == 410) {
      throw new IssueFailure.IssueNotFound(
          reference, " in %s/%s".formatted(client.site().web(), repository));
    }
    return answer.must();
  }

  private static Issue issue(JsonNode node, @Nullable String prUrl) {
    var labels = new ArrayList<String>();
    node.path("labels").forEach(label -> labels.add(label.path("name").asString("")));
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("url", node.path("html_url").asString(""));
    metadata.put("author", node.path("user").path("login").asString(""));
    boolean open = node.path("state").asString("").equals("open");
    return new Issue(
        "#" + node.path("number").asInt(),
        node.path("title").asString(""),
        node.path("body").asString("").replace("\r\n", "\n"),
        open ? Issue.Status.OPEN : Issue.Status.RESOLVED,
        List.copyOf(labels),
        time(node, "created_at").orElse(Instant.EPOCH),
        time(node, "updated_at").orElse(Instant.EPOCH),
        open ? null : time(node, "closed_at").orElse(null),
        prUrl,
        metadata);
  }

  private static Optional<Instant> time(JsonNode node, String name) {
    return node.path(name).isString()
        ? Optional.of(Instant.parse(node.path(name).asString()))
        : Optional.empty();
  }

  /** Comments the result on an issue, once for each key, and closes the issue. */
  Issue resolve(String reference, @Nullable String result, @Nullable String prUrl, Key key)
      throws InterruptedException {
    JsonNode node = found(reference);
    int number = node.path("number").asInt();
    var said = new ArrayList<String>();
    said.add(prUrl == null ? "Resolved." : "Resolved by " + prUrl + ".");
    if (result != null) {
      said.add(result);
    }
    comments.add(number, String.join("\n\n", said), key);
    if (node.path("state").asString("").equals("open")) {
      var closed = Map.of("state", "closed", "state_reason", "completed");
      String path = repository.at("/issues/" + number);
      node = client.send("PATCH", path, closed, Client.REPEATABLE).must();
    }
    return issue(node, prUrl);
  }
}
