package conductor.handlers.forge.github;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the reviews and the conversation of a pull request: those comments that count, see {@link
 * TrustedAuthors}, and that were neither answered nor resolved. A reviewer's last verdict counts:
 * an approval stands until the same reviewer requests changes, and settles changes requested
 * before; requested changes that were answered wait for the reviewer's next review.
 */
record Reviews(Client client, Pulls pulls) {

  private static final int MOST = 3000;

  /**
   * Returns the reviews to act on; empty while there are none and the pull request is open.
   *
   * @param known the ids of comments that were answered, whose answers GitHub may not show yet
   */
  Optional<PRReview> of(JsonNode pull, Set<String> known) throws InterruptedException {
    int number = pull.path("number").asInt();
    TrustedAuthors voices = TrustedAuthors.on(pull);
    List<JsonNode> reviews =
        client.allOfKnown(pulls.at(number, "/reviews"), "", MOST).stream()
            .filter(voices::reviewing)
            .toList();
    List<JsonNode> threads = client.allOfKnown(pulls.at(number, "/comments"), "", MOST);
    List<JsonNode> conversation = client.allOfKnown(pulls.issue(number, "/comments"), "", MOST);
    Set<String> answered = answered(threads, conversation);
    answered.addAll(known);
    Map<String, JsonNode> last = lastWords(reviews);
    List<Comment> open = new ArrayList<>(ofReviews(reviews, last));
    open.addAll(ofThreads(threads, reviews));
    open.addAll(ofConversation(conversation.stream().filter(voices::conversing)));
    open.removeIf(comment -> answered.contains(comment.id()));
    if (open.stream().anyMatch(comment -> comment.id().startsWith(ResolvedThreads.THREAD))) {
      Set<String> resolved = new ResolvedThreads(client, pulls.base()).of(number);
      open.removeIf(comment -> resolved.contains(comment.id()));
    }
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
    return verdict == Verdict.NONE && Pulls.isOpen(pull)
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

  /** Returns each reviewer's last verdict, which only another one or a dismissal replaces. */
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

  /** Returns the ids of the comments that conductor answered. */
  private static Set<String> answered(List<JsonNode> threads, List<JsonNode> conversation) {
    return Stream.concat(threads.stream(), conversation.stream())
        .flatMap(comment -> Marks.answered(body(comment)).stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String body(JsonNode node) {
    return node.path("body").asString("").strip();
  }

  private static List<Comment> ofReviews(List<JsonNode> reviews, Map<String, JsonNode> last) {
    return reviews.stream()
        .filter(Reviews::asks)
        .filter(review -> !isTakenBack(review, last))
        .map(review -> comment(idOf(review), review, null, null))
        .toList();
  }

  /** Returns whether an approval, or, where there is no text, any later verdict settles changes. */
  private static boolean isTakenBack(JsonNode review, Map<String, JsonNode> last) {
    JsonNode now = last.getOrDefault(author(review), review);
    return isState(review, "CHANGES_REQUESTED")
        && !idOf(now).equals(idOf(review))
        && (isState(now, "APPROVED") || body(review).isEmpty());
  }

  /**
   * Returns whether a review asks for something. The text of an approval does not, nor do words
   * that conductor said.
   */
  private static boolean asks(JsonNode review) {
    return isState(review, "CHANGES_REQUESTED")
        || (!body(review).isEmpty()
            && !Marks.isMarked(body(review))
            && !Set.of("PENDING", "DISMISSED", "APPROVED")
                .contains(review.path("state").asString("")));
  }

  /** Returns what begins threads, but for reviews that were added after the reviews were read. */
  private static List<Comment> ofThreads(List<JsonNode> threads, List<JsonNode> reviews) {
    Set<String> known = reviews.stream().map(Reviews::idOf).collect(Collectors.toSet());
    return threads.stream()
        .filter(one -> known.contains("review:" + one.path("pull_request_review_id").asString("")))
        .filter(one -> !one.path("in_reply_to_id").isNumber())
        .map(one ->
            comment(
                ResolvedThreads.THREAD + one.path("id").asString(""),
                one,
                one.path("path").asString(""),
                one.path("line").isNumber() ? one.path("line").asInt() : null))
        .toList();
  }

  private static List<Comment> ofConversation(Stream<JsonNode> conversation) {
    return conversation
        .filter(Reviews::isMeant)
        .map(one -> comment("conversation:" + one.path("id").asString(""), one, null, null))
        .toList();
  }

  /** Returns whether a comment is neither conductor's own nor a command such as {@code /retest}. */
  private static boolean isMeant(JsonNode comment) {
    String said = body(comment);
    return !said.isEmpty() && !Marks.isMarked(said) && !said.startsWith("/");
  }

  private static Comment comment(
      String id, JsonNode node, @Nullable String file, @Nullable Integer line) {
    return new Comment(
        id,
        author(node),
        Marks.without(body(node)),
        file,
        line,
        node.path("html_url").asString(""));
  }
}
