package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge.Proposal;
import conductor.handlers.people.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Opens pull requests on GitHub, each only once for its key.
 *
 * @param base the repository that the pull requests are for
 * @param head the repository that has the branches, which may be a fork
 */
record PullOpener(Client client, Pulls pulls, Slug base, Slug head, Texts texts) {

  /** Returns the pull request that was opened with a key; empty when there is none. */
  Optional<JsonNode> find(WorktreeEnv env, Key key) throws InterruptedException {
    return marked(ofBranch(env.branch()), key);
  }

  private static Optional<JsonNode> marked(List<JsonNode> candidates, Key key) {
    return candidates.stream()
        .filter(pull -> pull.path("body").asString("").contains(Marks.of(key)))
        .findFirst();
  }

  private List<JsonNode> ofBranch(String branch) throws InterruptedException {
    String query = "?state=all&head=" + Slug.encoded(client.now(head).owner() + ":" + branch);
    return client.all(base.at("/pulls" + query), "", Integer.MAX_VALUE);
  }

  PRHandle open(Proposal proposal) throws InterruptedException {
    Optional<JsonNode> there = there(proposal);
    JsonNode pull = there.isPresent() ? there.get() : posted(proposal);
    if (Pulls.isOpen(pull)) {
      label(proposal, pull);
      ask(proposal, pull);
    }
    return Pulls.handle(pull);
  }

  /** Returns the pull request with the key, or else an open one for the same branch and target. */
  private Optional<JsonNode> there(Proposal proposal) throws InterruptedException {
    List<JsonNode> candidates = ofBranch(proposal.env().branch());
    Optional<JsonNode> own = marked(candidates, proposal.key());
    if (own.isPresent()) {
      return own;
    }
    Optional<JsonNode> other =
        candidates.stream()
            .filter(Pulls::isOpen)
            .filter(pull -> Pulls.target(pull).equals(proposal.target()))
            .findFirst();
    other.ifPresent(pull -> client.say("taken as it is: " + pull.path("html_url").asString("")));
    return other;
  }

  private JsonNode posted(Proposal proposal) throws InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    String branch = proposal.env().branch();
    body.put("title", Texts.title(Shown.oneLine(proposal.title())));
    body.put("head", head.equals(base) ? branch : client.now(head).owner() + ":" + branch);
    body.put("base", proposal.target());
    body.put("body", text(proposal));
    body.put("draft", proposal.draft());
    Answer answer = post(body, proposal);
    if (isInvalid(answer, "head")) {
      return client
          .late(() ->
              Optional.of(post(body, proposal))
                  .filter(again -> !isInvalid(again, "head"))
                  .map(again -> again.must()))
          .orElseThrow(() -> answer.failure());
    }
    if (answer.status() == 422) {
      Optional<JsonNode> there =
          answer.words().contains("already exists")
              ? client.late(() -> there(proposal))
              : there(proposal);
      if (there.isPresent()) {
        return there.get();
      }
      if (answer.words().contains("No commits between")) {
        throw new ForgeFailure.NothingToPropose(branch, proposal.target());
      }
      if (isInvalid(answer, "base")) {
        throw new ForgeFailure.ForgeRefused(
            answer.request(), answer.status(), answer.words() + "; " + missing(proposal.target()));
      }
    }
    return answer.must();
  }

  private String text(Proposal proposal) throws InterruptedException {
    String mark = Marks.of(proposal.key());
    String closing =
        new Closing(client.site(), client.now(base)).words(proposal.body(), proposal.closes());
    String end = closing.isEmpty() ? mark : closing + "\n\n" + mark;
    return texts.marked(proposal.body(), proposal.key(), end);
  }

  private Answer post(Map<String, Object> body, Proposal proposal) throws InterruptedException {
    return client.send("POST", base.at("/pulls"), body, () -> there(proposal));
  }

  private String missing(String target) throws InterruptedException {
    Answer there = client.get(base.at("/branches/" + Pulls.path(target)));
    String name = there.ok() ? there.body().path("name").asString("") : "";
    if (!name.isEmpty() && !name.equals(target)) {
      return "the branch '%s' was renamed to '%s'".formatted(target, name);
    }
    return "there is no branch '%s' in %s, whose default branch is '%s'"
        .formatted(
            target, base, client.get(base.at("")).body().path("default_branch").asString(""));
  }

  /** Returns whether GitHub rejected a field, as it does a branch that it has not seen yet. */
  private static boolean isInvalid(Answer answer, String field) {
    return answer.status() == 422
        && answer
            .body()
            .path("errors")
            .valueStream()
            .anyMatch(error ->
                error.path("field").asString("").equals(field)
                    && error.path("code").asString("").equals("invalid"));
  }

  /** Adds the missing labels. GitHub creates labels that do not exist. */
  private void label(Proposal proposal, JsonNode pull) throws InterruptedException {
    var missing = new ArrayList<>(proposal.labels());
    pull.path("labels").forEach(label -> missing.remove(label.path("name").asString("")));
    String path = pulls.issue(pull.path("number").asInt(), "/labels");
    each(path, missing, labels -> Map.of("labels", labels), "the label '%s' was not put on: %s");
  }

  private interface Sent {
    Map<String, Object> of(List<String> names);
  }

  /** Sends names together, or one by one if they are refused together; reports the refused ones. */
  private void each(String path, List<String> names, Sent sent, String refused)
      throws InterruptedException {
    if (names.isEmpty()) {
      return;
    }
    Answer answer = client.send("POST", path, sent.of(names), Client.REPEATABLE);
    if (!answer.ok() && names.size() == 1) {
      client.say(refused.formatted(names.getFirst(), answer.words()));
    } else if (!answer.ok()) {
      for (String name : names) {
        each(path, List.of(name), sent, refused);
      }
    }
  }

  private void ask(Proposal proposal, JsonNode pull) throws InterruptedException {
    var people = new ArrayList<String>();
    var teams = new ArrayList<String>();
    for (String reviewer : proposal.reviewers()) {
      int slash = reviewer.indexOf('/');
      (slash < 0 ? people : teams).add(reviewer.substring(slash + 1));
    }
    pull.path("requested_reviewers").forEach(one -> people.remove(one.path("login").asString("")));
    pull.path("requested_teams").forEach(one -> teams.remove(one.path("slug").asString("")));
    String path = pulls.at(pull.path("number").asInt(), "/requested_reviewers");
    String refused = "%s was not asked for a review: %s";
    each(path, people, names -> Map.of("reviewers", names), refused);
    each(path, teams, names -> Map.of("team_reviewers", names), refused);
  }
}
