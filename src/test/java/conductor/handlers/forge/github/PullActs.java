package conductor.handlers.forge.github;

import static conductor.handlers.forge.github.FakeRepository.object;

import conductor.handlers.forge.github.FakeRepository.Reviewed;
import conductor.handlers.forge.github.Rest.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;

/** What GitHub's REST API does with a pull request that is there. */
final class PullActs {

  private static final Map<String, String> STATES =
      Map.of("APPROVE", "APPROVED", "REQUEST_CHANGES", "CHANGES_REQUESTED", "COMMENT", "COMMENTED");

  private final FakeRepository repository;
  private final Shown shown;
  private final String user;

  PullActs(FakeRepository repository, Shown shown, String user) {
    this.repository = repository;
    this.shown = shown;
    this.user = user;
  }

  private interface Act {
    Reply of(Numbered pull);
  }

  private Reply pull(Matcher at, Act act) {
    return repository
        .pull(Integer.parseInt(at.group(1)))
        .map(act::of)
        .orElseGet(() -> Rest.NOT_FOUND);
  }

  Reply changed(Matcher at, JsonNode body) {
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item -> {
          if (item.pull) {
            repository.refresh(item);
          }
          Optional<Reply> wrong = item.pull ? wrong(item, body) : Optional.empty();
          if (wrong.isPresent()) {
            return wrong.get();
          }
          item.open = body.path("state").asString(item.open ? "open" : "closed").equals("open");
          item.title = body.path("title").asString(item.title);
          item.body = body.path("body").asString(item.body);
          item.base = body.path("base").asString(item.base);
          item.judged &= !body.has("base");
          return new Reply(200, item.pull ? shown.pull(item, false) : shown.issue(item));
        })
        .orElseGet(() -> Rest.NOT_FOUND);
  }

  private Optional<Reply> wrong(Numbered pull, JsonNode body) {
    boolean opens = !pull.open && body.path("state").asString("").equals("open");
    if (opens && pull.merged) {
      return wrong("state", "state cannot be changed. The pull request cannot be reopened.");
    }
    if (opens && pull.from.git.branch(pull.branch).isEmpty()) {
      return wrong(
          "state",
          "state cannot be changed. The %s branch has been deleted.".formatted(pull.branch));
    }
    if (body.has("title") && body.path("title").asString().isBlank()) {
      return wrong("title", "title can't be blank");
    }
    String base = body.path("base").asString(pull.base);
    if (!base.equals(pull.base) && !pull.open) {
      return wrong("base", "Cannot change the base branch of a closed pull request.");
    }
    if (repository.git.branch(base).isEmpty()) {
      return Optional.of(
          Rest.invalid(object("resource", "PullRequest", "field", "base", "code", "invalid")));
    }
    boolean second =
        repository.items.stream()
            .anyMatch(one ->
                one != pull
                    && one.pull
                    && one.open
                    && one.branch.equals(pull.branch)
                    && one.base.equals(base));
    return second && (opens || !base.equals(pull.base))
        ? wrong(
            "base",
            "A pull request already exists for base branch '%s' and head branch '%s'"
                .formatted(base, pull.branch))
        : Optional.empty();
  }

  private static Optional<Reply> wrong(String field, String message) {
    return Optional.of(Rest.invalid(Rest.error(field, message)));
  }

  Reply merge(Matcher at, JsonNode body) {
    return pull(at, pull -> merge(pull, body));
  }

  private Reply merge(Numbered pull, JsonNode body) {
    String base = repository.git.branch(pull.base).orElse("");
    if (!pull.open || pull.draft || repository.git.conflicts(base, pull.head)) {
      return Rest.message(405, "Pull Request is not mergeable");
    }
    if (!body.path("sha").asString(pull.head).equals(pull.head)) {
      return Rest.message(409, "Head branch was modified. Review and try the merge again.");
    }
    if (repository.mergeQueue) {
      return Rest.message(
          405, "Repository rule violations found\n\nChanges must be made through the merge queue");
    }
    if (repository.strict && !repository.failing(pull).isEmpty()) {
      String context = repository.failing(pull).getFirst();
      return Rest.message(405, "Required status check \"" + context + "\" is failing.");
    }
    String usual = "Merge pull request #%d from %s".formatted(pull.number, pull.branch);
    String method = body.path("merge_method").asString("merge");
    repository.merge(pull, method, body.path("commit_title").asString(usual));
    return new Reply(200, object("sha", pull.mergeCommit, "merged", true, "message", "merged"));
  }

  /** The branch is updated after the answer, which is when it is next looked at. */
  Reply updateBranch(Matcher at, JsonNode body) {
    return pull(
        at,
        pull -> {
          String base = repository.git.branch(pull.base).orElseThrow();
          if (!body.path("expected_head_sha").asString(pull.head).equals(pull.head)) {
            return simple("expected head sha didn\u2019t match current head ref.");
          }
          if (repository.git.ahead(pull.head, base) == 0) {
            return simple("There are no new commits on the base branch.");
          }
          if (repository.git.conflicts(pull.head, base)) {
            return simple("merge conflict between base and head");
          }
          String title = "Merge branch '%s' into %s".formatted(pull.base, pull.branch);
          pull.from.git.fetch(repository.git, pull.base);
          pull.from.git.move(pull.branch, pull.from.git.merged("merge", pull.head, base, title));
          return new Reply(
              202,
              object("message", "Updating pull request branch.", "url", "https://github.com/pull"));
        });
  }

  private static Reply simple(String message) {
    return Rest.message(422, message);
  }

  Reply review(Matcher at, JsonNode body) {
    return pull(
        at,
        pull -> {
          String event = body.path("event").asString("PENDING");
          String text = body.path("body").asString("");
          if (!STATES.containsKey(event) || (text.isBlank() && !event.equals("APPROVE"))) {
            return refused("Review body can't be blank");
          }
          if (pull.user.equals(user) && !event.equals("COMMENT")) {
            boolean approves = event.equals("APPROVE");
            return refused(
                approves
                    ? "Review Can not approve your own pull request"
                    : "Review Can not request changes on your own pull request");
          }
          String commit = body.path("commit_id").asString(pull.head);
          if (repository.git.run("merge-base", "--is-ancestor", commit, pull.head).code() != 0) {
            return refused("The provided commit_id is not part of the pull request");
          }
          var review = new Reviewed(repository.id(), user, STATES.get(event), text);
          pull.reviews.add(review);
          return new Reply(200, shown.review(pull, review));
        });
  }

  private static Reply refused(String reason) {
    return new Reply(422, object("message", "Unprocessable Entity", "errors", List.of(reason)));
  }

  Reply unlabelled(Matcher at) {
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item ->
            item.labels.removeIf(at.group(2)::equalsIgnoreCase)
                ? new Reply(200, List.of())
                : Rest.message(404, "Label does not exist"))
        .orElseGet(() -> Rest.NOT_FOUND);
  }

  Reply compared(Matcher at) {
    String base = repository.git.branch(at.group(1)).orElse(at.group(1));
    String head = repository.git.branch(at.group(2)).orElse(at.group(2));
    if (repository.git.run("rev-parse", "--verify", "-q", base + "^{commit}").code() != 0
        || repository.git.run("rev-parse", "--verify", "-q", head + "^{commit}").code() != 0) {
      return Rest.NOT_FOUND;
    }
    int ahead = repository.git.ahead(base, head);
    int behind = repository.git.ahead(head, base);
    String status =
        behind == 0 ? ahead == 0 ? "identical" : "ahead" : ahead == 0 ? "behind" : "diverged";
    return new Reply(
        200,
        object(
            "status",
            status,
            "ahead_by",
            ahead,
            "behind_by",
            behind,
            "total_commits",
            ahead,
            "commits",
            commits(base, head)));
  }

  /** The commits of a head that a base lacks, oldest first, each with its parents. */
  private List<?> commits(String base, String head) {
    return repository
        .git
        .must("rev-list", "--reverse", "--parents", base + ".." + head)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> List.of(line.split(" ", -1)))
        .map(ids ->
            object(
                "sha",
                ids.getFirst(),
                "parents",
                ids.stream().skip(1).map(id -> object("sha", id)).toList()))
        .toList();
  }
}
