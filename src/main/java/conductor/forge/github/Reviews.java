package conductor.forge.github;

import conductor.effect.PRReview;
import conductor.effect.PRReview.Comment;
import conductor.effect.PRReview.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reviews of a pull request, as far as nobody answered them. A reviewer's last word counts: an
 * approval stands until the same reviewer asks for changes; changes that were asked for and
 * answered wait for the reviewer's next word.
 */
final class Reviews {

  private static final int MOST = 3000;

  private final Client client;
  private final Pulls pulls;

  Reviews(Client client, Slug base) {
    this.client = client;
    this.pulls = new Pulls(client, base);
  }

  /** What there is to act on. */
  Optional<PRReview> of(JsonNode pull) throws InterruptedException {
    int number = pull.path("number").asInt();
    List<JsonNode> reviews = client.all(pulls.at(number, "/reviews"), "", MOST);
    Set<String> answered = answered(number);
    List<Comment> open = open(number, reviews, answered);
    Map<String, JsonNode> last = lastWords(reviews);
    boolean asked =
        last.values().stream()
            .anyMatch(
                review -> isState(review, "CHANGES_REQUESTED") && !answered.contains(idOf(review)));
    boolean approved =
        !last.isEmpty() && last.values().stream().allMatch(review -> isState(review, "APPROVED"));
    Verdict verdict =
        asked
            ? Verdict.CHANGES_REQUESTED
            : !open.isEmpty() ? Verdict.COMMENTED : approved ? Verdict.APPROVED : Verdict.NONE;
    boolean over = !Pulls.isOpen(pull);
    return verdict == Verdict.NONE && !over
        ? Optional.empty()
        : Optional.of(new PRReview(Pulls.handle(pull), verdict, approved, open));
  }

  private static boolean isState(JsonNode review, String state) {
    return review.path("state").asString("").equals(state);
  }

  private static String idOf(JsonNode review) {
    return "review:" + review.path("id").asString("");
  }

  private static String author(JsonNode node) {
    return node.path("user").path("login").asString("ghost");
  }

  /** By reviewer; a mere comment takes no earlier word back, a dismissal does. */
  private static Map<String, JsonNode> lastWords(List<JsonNode> reviews) {
    var last = new LinkedHashMap<String, JsonNode>();
    for (JsonNode review : reviews) {
      if (isState(review, "APPROVED") || isState(review, "CHANGES_REQUESTED")) {
        last.put(author(review), review);
      } else if (isState(review, "DISMISSED")) {
        last.remove(author(review));
      }
    }
    return last;
  }

  /** The ids of what conductor answered. */
  private Set<String> answered(int number) throws InterruptedException {
    var answered = new HashSet<String>();
    for (String path : List.of(pulls.issue(number, "/comments"), pulls.at(number, "/comments"))) {
      for (JsonNode comment : client.all(path, "", MOST)) {
        Marks.answered(comment.path("body").asString("")).ifPresent(answered::add);
      }
    }
    return answered;
  }

  private List<Comment> open(int number, List<JsonNode> reviews, Set<String> answered)
      throws InterruptedException {
    var open = new ArrayList<Comment>();
    for (JsonNode review : reviews) {
      String body = review.path("body").asString("").strip();
      boolean says = !body.isEmpty() || isState(review, "CHANGES_REQUESTED");
      boolean counts = !isState(review, "PENDING") && !isState(review, "DISMISSED");
      if (says && counts && !answered.contains(idOf(review)) && !isApproval(review)) {
        open.add(
            new Comment(
                idOf(review),
                author(review),
                body,
                null,
                null,
                review.path("html_url").asString("")));
      }
    }
    Set<String> known = reviews.stream().map(Reviews::idOf).collect(Collectors.toSet());
    for (JsonNode comment : client.all(pulls.at(number, "/comments"), "", MOST)) {
      if (!known.contains("review:" + comment.path("pull_request_review_id").asString(""))) {
        continue; // of a review that came meanwhile
      }
      String id = "comment:" + comment.path("id").asString("");
      boolean starts = !comment.path("in_reply_to_id").isNumber();
      if (starts && !answered.contains(id)) {
        open.add(
            new Comment(
                id,
                author(comment),
                comment.path("body").asString(""),
                comment.path("path").asString(""),
                comment.path("line").isNumber() ? comment.path("line").asInt() : null,
                comment.path("html_url").asString("")));
      }
    }
    return open;
  }

  /** An approval's own text asks for nothing. */
  private static boolean isApproval(JsonNode review) {
    return isState(review, "APPROVED");
  }
}
