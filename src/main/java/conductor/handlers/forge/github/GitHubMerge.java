package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Merges pull requests on GitHub, each only once. */
record GitHubMerge(
    Client client, Pulls pulls, CheckRuns checks, Limits limits, InstantSource clock) {

  private static final int TRIES = 5;

  /** GitHub's refusal of what need not wait. */
  private static final Pattern NOW = Pattern.compile("(?i)is in (clean|unstable|has_hooks) status");

  PRHandle merge(PRHandle pr, Forge.Merging how) throws InterruptedException {
    JsonNode pull = how.auto() ? pulls.read(pr) : judged(pr);
    if (how.auto() && !Pulls.isMerged(pull)) {
      if (!isMergeableNow(pr, pull, how)) {
        return Pulls.handle(pulls.read(pr));
      }
      pull = judged(pr);
    }
    if (!Pulls.isMerged(pull)) {
      refuse(pr, pull, how);
      pull = put(pr, pull, how);
    }
    if (how.deleteBranch()) {
      pulls.deleteBranch(pull);
    }
    return Pulls.handle(pull);
  }

  /**
   * Has GitHub merge a pull request later, by auto-merge or through the merge queue.
   *
   * @return whether it can be merged now instead, which GitHub does not do by itself
   */
  private boolean isMergeableNow(PRHandle pr, JsonNode pull, Forge.Merging how)
      throws InterruptedException {
    if (!Pulls.isOpen(pull)) {
      throw new ForgeFailure.NotMergeable(pr.url(), "it was closed");
    }
    if (isAwaited(pull)) {
      return false;
    }
    how.mustHaveSeen(pr.url(), Pulls.head(pull));
    Map<String, String> input =
        Map.of(
            "pullRequestId",
            GraphQl.id(pull),
            "mergeMethod",
            how.strategy().name(),
            "expectedHeadOid",
            Pulls.head(pull));
    Optional<String> refused =
        new GraphQl(client)
            .mutate(
                "enablePullRequestAutoMerge",
                "EnablePullRequestAutoMergeInput",
                input,
                () -> awaited(pr));
    if (refused.isEmpty()) {
      return false;
    }
    if (awaited(pr).isPresent()) {
      return false;
    }
    if (NOW.matcher(refused.get()).find()) {
      return true;
    }
    String hint =
        refused.get().contains("not allowed for this repository")
            ? "; 'Allow auto-merge' in the settings of the repository allows it"
            : "";
    throw new ForgeFailure.NotMergeable(pr.url(), refused.get() + hint);
  }

  private Optional<JsonNode> awaited(PRHandle pr) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    return isAwaited(pull) ? Optional.of(pull) : Optional.empty();
  }

  /** Returns whether GitHub merged a pull request, or is to merge it once it can. */
  private boolean isAwaited(JsonNode pull) throws InterruptedException {
    return pull.path("auto_merge").isObject()
        || Pulls.isMerged(pull)
        || new GraphQl(client)
            .isInMergeQueue(client.now(pulls.base()), pull.path("number").asInt());
  }

  /** Reads a pull request, waiting until GitHub knows whether it can be merged. */
  private JsonNode judged(PRHandle pr) throws InterruptedException {
    return limits
        .pace()
        .await(
            clock.instant().plus(limits.mergeability()),
            clock,
            () ->
                Optional.of(pulls.read(pr))
                    .filter(pull -> !Pulls.isOpen(pull) || pull.path("mergeable").isBoolean()))
        .orElseThrow(() ->
            new ForgeFailure.ForgeTimeout(
                pr.url(), "whether it can be merged", limits.mergeability()));
  }

  private void refuse(PRHandle pr, JsonNode pull, Forge.Merging how) throws InterruptedException {
    if (!Pulls.isOpen(pull)) {
      throw new ForgeFailure.NotMergeable(pr.url(), "it was closed");
    }
    how.mustHaveSeen(pr.url(), Pulls.head(pull));
    if (pull.path("draft").asBoolean(false)) {
      throw new ForgeFailure.NotMergeable(
          pr.url(),
          "it is a draft; ReadyPR, or 'conductor pr ready', marks it as ready for review");
    }
    if (!pull.path("mergeable").asBoolean(false)) {
      throw new ForgeFailure.NotMergeable(pr.url(), "it conflicts with " + Pulls.target(pull));
    }
    String inTheWay = how.ignoreChecks() ? "" : checks.inTheWay(pull);
    if (!inTheWay.isEmpty()) {
      throw new ForgeFailure.NotMergeable(
          pr.url(), inTheWay + "; 'ignore_checks: true' merges it where the forge lets you");
    }
  }

  private JsonNode put(PRHandle pr, JsonNode pull, Forge.Merging how) throws InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    body.put("merge_method", how.strategy().name().toLowerCase(Locale.ROOT));
    body.put("sha", Pulls.head(pull));
    if (how.strategy() == MergeStrategy.SQUASH) {
      body.put("commit_title", pull.path("title").asString("") + " (#" + pr.number() + ")");
    }
    for (int attempt = 1; ; attempt++) {
      Answer answer =
          client.send(
              "PUT",
              pulls.at(pr.number(), "/merge"),
              body,
              () -> Optional.of(pulls.read(pr)).filter(Pulls::isMerged));
      if (answer.ok()) {
        return Pulls.merged(pull);
      }
      JsonNode now = pulls.read(pr);
      if (Pulls.isMerged(now)) {
        return now;
      }
      boolean moved = !Pulls.head(now).equals(Pulls.head(pull));
      if (moved || attempt == TRIES || !answer.words().contains("branch was modified")) {
        throw failure(pr, answer);
      }
      Thread.sleep(limits.pause());
    }
  }

  private ForgeFailure failure(PRHandle pr, Answer answer) {
    return switch (answer.status()) {
      case 405, 409, 422 -> {
        boolean queue = answer.words().contains("merge queue");
        String hint = queue ? "; 'auto: true' puts it there" : "";
        yield new ForgeFailure.NotMergeable(pr.url(), answer.words() + hint);
      }
      default -> answer.failure();
    };
  }
}
