package conductor.handlers.forge.github;

import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.engine.handler.Key;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes comments on pull requests and issues, and reviews, each only once for its key. */
record Comments(Client client, Pulls pulls, Texts texts) {

  private static final int MOST = 3000;

  /** Comments on a pull request, as an answer to the id of a comment if one is given. */
  String add(PRHandle pr, String body, @Nullable String replyTo, Key key)
      throws InterruptedException {
    pulls.read(pr);
    String marks = Marks.of(key) + (replyTo == null ? "" : "\n" + Marks.answering(replyTo));
    String text = texts.marked(body, key, marks);
    if (replyTo != null && replyTo.startsWith("comment:")) {
      String thread = replyTo.substring("comment:".length());
      String list = pulls.at(pr.number(), "/comments");
      return once(list, list + "/" + Slug.encoded(thread) + "/replies", text, key);
    }
    String list = pulls.issue(pr.number(), "/comments");
    return once(list, list, text, key);
  }

  /** Comments on an issue and returns the comment's url. */
  String add(int issue, String body, Key key) throws InterruptedException {
    String list = pulls.issue(issue, "/comments");
    return once(list, list, texts.marked(body, key, Marks.of(key)), key);
  }

  private String once(String list, String path, String text, Key key) throws InterruptedException {
    Optional<JsonNode> there = client.before(() -> find(list, key));
    JsonNode comment =
        there.isPresent()
            ? there.get()
            : client.send("POST", path, Map.of("body", text), () -> find(list, key)).must();
    return comment.path("html_url").asString("");
  }

  /** Reviews a pull request and returns the review's url. */
  String review(PRHandle pr, ReviewAction action, String body, Key key)
      throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    String list = pulls.at(pr.number(), "/reviews");
    Optional<JsonNode> there = client.before(() -> find(list, key));
    if (there.isPresent()) {
      return there.get().path("html_url").asString("");
    }
    Map<String, String> review =
        Map.of(
            "event",
            action.name(),
            "body",
            texts.marked(body, key, Marks.of(key)).strip(),
            "commit_id",
            pr.head() == null ? Pulls.head(pull) : pr.head());
    Answer answer = client.send("POST", list, review, () -> find(list, key));
    if (answer.status() == 422) {
      throw new ForgeFailure.NotPossible(pr.url(), "reviewed", answer.words());
    }
    return answer.must().path("html_url").asString("");
  }

  private Optional<JsonNode> find(String list, Key key) throws InterruptedException {
    return client.allOfKnown(list, "", MOST).stream()
        .filter(comment -> comment.path("body").asString("").contains(Marks.of(key)))
        .findFirst();
  }
}
