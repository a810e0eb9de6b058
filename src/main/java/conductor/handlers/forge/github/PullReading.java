package conductor.handlers.forge.github;

import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads what people look at in a pull request on GitHub: its text, what was said, its changes, and
 * where its commits are.
 *
 * @param base the repository that the pull requests are for
 * @param head the repository that has the branches
 */
record PullReading(Client client, Pulls pulls, Slug base, Slug head) {

  Forge.Details details(PRHandle pr) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    var reviewers = new ArrayList<String>(texts(pull.path("requested_reviewers"), "login"));
    texts(pull.path("requested_teams"), "slug")
        .forEach(team -> reviewers.add(base.owner() + "/" + team));
    return new Forge.Details(
        Pulls.handle(pull),
        author(pull),
        Marks.without(pull.path("body").asString("")).strip(),
        texts(pull.path("labels"), "name"),
        reviewers,
        remarks(pr.number()));
  }

  private static List<String> texts(JsonNode all, String field) {
    return all.valueStream().map(one -> one.path(field).asString("")).toList();
  }

  private static String author(JsonNode node) {
    return node.path("user").path("login").asString("ghost");
  }

  private List<Forge.Remark> remarks(int number) throws InterruptedException {
    List<JsonNode> conversation = client.readable(pulls.issue(number, "/comments"));
    List<JsonNode> reviews = client.readable(pulls.at(number, "/reviews"));
    List<JsonNode> threads = client.readable(pulls.at(number, "/comments"));
    return Stream.of(
            conversation.stream().map(said -> remark(said, "created_at", "")),
            reviews.stream()
                .filter(review -> review.path("submitted_at").isString())
                .filter(PullReading::says)
                .map(review -> remark(review, "submitted_at", verdict(review))),
            threads.stream().map(said -> remark(said, "created_at", place(said))))
        .flatMap(all -> all)
        .sorted(Comparator.comparing(Forge.Remark::at))
        .toList();
  }

  /** Returns whether a review is more than the frame of its comments. */
  private static boolean says(JsonNode review) {
    return !review.path("state").asString("").equals("COMMENTED")
        || !review.path("body").asString("").isBlank();
  }

  private static Forge.Remark remark(JsonNode said, String time, String about) {
    return new Forge.Remark(
        author(said),
        Instant.parse(said.path(time).asString("")),
        about,
        Marks.without(said.path("body").asString("")).strip());
  }

  private static String verdict(JsonNode review) {
    String state = review.path("state").asString("").toLowerCase(Locale.ROOT).replace('_', ' ');
    return state.equals("commented") ? "" : state;
  }

  private static String place(JsonNode said) {
    JsonNode line = said.path("line");
    return said.path("path").asString("") + (line.isNumber() ? ":" + line.asInt() : "");
  }

  String diff(PRHandle pr) throws InterruptedException {
    return client.patch(pulls.at(pr.number(), "")).must().asString("");
  }

  /** A branch that may be gone, as that of a merged pull request, or is a stranger's, is a ref. */
  Forge.Source source(PRHandle pr) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    String branch = Pulls.branch(pull);
    Optional<Slug> from = Pulls.repository(pull);
    boolean own = from.isPresent() && from.get().equals(client.now(head));
    if (Pulls.isOpen(pull) && (own || from.equals(Optional.of(client.now(base))))) {
      return new Forge.Source(branch, "refs/heads/" + branch, !own);
    }
    String usual = pull.path("base").path("repo").path("default_branch").asString("");
    boolean clear = !branch.equals(usual) && !branch.equals(Pulls.target(pull));
    String owner = from.map(Slug::owner).orElse("ghost");
    return new Forge.Source(
        clear ? branch : owner + "/" + branch, "refs/pull/" + pr.number() + "/head", true);
  }
}
