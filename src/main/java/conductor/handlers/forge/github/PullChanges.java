package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import conductor.handlers.people.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes pull requests on GitHub. Looks first, so that what was done is not done again. */
record PullChanges(Client client, Pulls pulls) {

  PRHandle markReady(PRHandle pr) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    if (!pull.path("draft").asBoolean(false) || Pulls.isMerged(pull)) {
      return Pulls.handle(pull);
    }
    if (!Pulls.isOpen(pull)) {
      throw new ForgeFailure.NotPossible(pr.url(), "marked as ready", "it was closed");
    }
    Optional<String> refused =
        new GraphQl(client)
            .mutate(
                "markPullRequestReadyForReview",
                "MarkPullRequestReadyForReviewInput",
                Map.of("pullRequestId", GraphQl.id(pull)),
                () ->
                    Optional.of(pulls.read(pr)).filter(now -> !now.path("draft").asBoolean(false)));
    if (refused.isPresent()) {
      throw new ForgeFailure.NotPossible(pr.url(), "marked as ready", refused.get());
    }
    return Pulls.handle(((ObjectNode) pull.deepCopy()).put("draft", false));
  }

  PRHandle edit(PRHandle pr, Forge.Changes changes) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    Map<String, String> body = body(pull, changes);
    if (!body.isEmpty()) {
      String path = pulls.at(pr.number(), "");
      pull = done(client.send("PATCH", path, body, Client.REPEATABLE), pr, "changed");
    }
    List<String> there = names(pull);
    var missing = new ArrayList<>(changes.addLabels());
    missing.removeIf(label -> isAmong(label, there) || isAmong(label, changes.removeLabels()));
    String labels = pulls.issue(pr.number(), "/labels");
    if (!missing.isEmpty()) {
      var names = Map.of("labels", missing.stream().distinct().toList());
      done(client.send("POST", labels, names, Client.REPEATABLE), pr, "changed");
    }
    for (String label : changes.removeLabels()) {
      if (isAmong(label, there)) {
        String path = labels + "/" + Slug.encoded(label);
        Answer answer = client.send("DELETE", path, null, Client.REPEATABLE);
        if (answer.status() != 404) {
          done(answer, pr, "changed");
        }
      }
    }
    return Pulls.handle(pull);
  }

  /** Labels of GitHub do not differ by case. */
  private static boolean isAmong(String label, List<String> labels) {
    return labels.stream().anyMatch(label::equalsIgnoreCase);
  }

  private static List<String> names(JsonNode pull) {
    return pull.path("labels").valueStream().map(one -> one.path("name").asString("")).toList();
  }

  /** Returns the fields that differ; the marks of the text stay. */
  private static Map<String, String> body(JsonNode pull, Forge.Changes changes) {
    var body = new LinkedHashMap<String, String>();
    if (changes.title() != null) {
      body.put("title", Texts.title(Shown.oneLine(changes.title())));
    }
    if (changes.body() != null) {
      body.put("body", Marks.kept(changes.body().strip(), pull.path("body").asString("")));
    }
    if (changes.target() != null) {
      body.put("base", changes.target());
    }
    body.entrySet().removeIf(field -> field.getValue().equals(now(pull, field.getKey())));
    return body;
  }

  private static String now(JsonNode pull, String field) {
    return field.equals("base") ? Pulls.target(pull) : pull.path(field).asString("");
  }

  PRHandle reopen(PRHandle pr) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    if (Pulls.isMerged(pull)) {
      throw new ForgeFailure.NotPossible(pr.url(), "reopened", "it was merged");
    }
    if (!Pulls.isOpen(pull)) {
      Map<String, String> open = Map.of("state", "open");
      String path = pulls.at(pr.number(), "");
      pull = done(client.send("PATCH", path, open, Client.REPEATABLE), pr, "reopened");
    }
    return Pulls.handle(pull);
  }

  /** Returns what an act answered; {@code NotPossible} with GitHub's words when it refuses. */
  static JsonNode done(Answer answer, PRHandle pr, String act) {
    if (answer.status() == 422) {
      throw new ForgeFailure.NotPossible(pr.url(), act, answer.words());
    }
    return answer.must();
  }
}
