package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has GitHub merge the target of a pull request into its branch. The merge commit carries no key of
 * conductor's: it is known by its first parent, the commit that the branch was at, and by its
 * second, a commit of the target.
 */
record BranchUpdate(Client client, Pulls pulls, Limits limits, InstantSource clock) {

  /** The most commits behind which an update is looked for. */
  private static final int MOST = 1000;

  /**
   * GitHub answers before it has updated the branch, so the new commit is waited for.
   *
   * @param begun the commit at which the update was first asked for; null when it is not known
   * @param seen the commits that may be updated; empty for any
   */
  Forge.Updated run(PRHandle pr, @Nullable String begun, Set<String> seen)
      throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    Optional<JsonNode> made = begun == null ? Optional.empty() : made(pull, begun);
    if (begun != null && made.isPresent()) {
      return new Forge.Updated(Pulls.handle(made.get()), begun);
    }
    String from = Pulls.head(pull);
    if (!Pulls.isOpen(pull)) {
      String why = Pulls.isMerged(pull) ? "it was merged" : "it was closed";
      throw new ForgeFailure.NotPossible(pr.url(), "updated", why);
    }
    if (isWithin(Pulls.target(pull), from)) {
      return new Forge.Updated(Pulls.handle(pull), from);
    }
    Optional<String> unseen = Forge.unseen(seen, from);
    if (unseen.isPresent()) {
      throw new ForgeFailure.NotPossible(pr.url(), "updated", unseen.get());
    }
    return new Forge.Updated(Pulls.handle(asked(pr, from)), from);
  }

  /** Asks for the update of a branch and returns the pull request once it is there. */
  private JsonNode asked(PRHandle pr, String from) throws InterruptedException {
    Client.Found made = () -> made(pulls.read(pr), from);
    Answer answer =
        client.send(
            "PUT",
            pulls.at(pr.number(), "/update-branch"),
            Map.of("expected_head_sha", from),
            made);
    if (answer.status() == 422) {
      boolean moved = answer.words().contains("expected head sha");
      Optional<JsonNode> there = moved ? client.late(made::look) : Optional.empty();
      return there.orElseGet(() -> PullChanges.done(answer, pr, "updated"));
    }
    answer.must();
    return limits
        .pace()
        .await(clock.instant().plus(limits.mergeability()), clock, made::look)
        .orElseThrow(() ->
            new ForgeFailure.ForgeTimeout(
                pr.url(), "the update of the branch", limits.mergeability()));
  }

  /** Returns the pull request at the commit that updated it; empty when there is none. */
  private Optional<JsonNode> made(JsonNode pull, String from) throws InterruptedException {
    String head = Pulls.head(pull);
    if (head.equals(from)) {
      return Optional.empty();
    }
    for (JsonNode commit : client.all(compare(from, head), "commits", MOST)) {
      JsonNode parents = commit.path("parents");
      if (parents.size() == 2
          && parents.path(0).path("sha").asString("").equals(from)
          && isWithin(parents.path(1).path("sha").asString(""), Pulls.target(pull))) {
        return Optional.of(at(pull, commit.path("sha").asString("")));
      }
    }
    return Optional.empty();
  }

  /** Returns a pull request as it was at a commit. */
  private static JsonNode at(JsonNode pull, String commit) {
    ObjectNode then = (ObjectNode) pull.deepCopy();
    then.withObject("/head").put("sha", commit);
    return then;
  }

  private String compare(String base, String head) {
    return pulls.base().at("/compare/" + Slug.encoded(base) + "..." + Slug.encoded(head));
  }

  /** Returns whether a branch or commit has all commits of another. */
  private boolean isWithin(String commits, String all) throws InterruptedException {
    JsonNode compared = client.get(compare(commits, all) + "?per_page=1").must();
    return compared.path("behind_by").asInt(0) == 0;
  }
}
