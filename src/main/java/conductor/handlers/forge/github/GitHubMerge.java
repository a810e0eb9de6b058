package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Merges pull requests on GitHub, each only once. */
record GitHubMerge(
    Client client, Pulls pulls, CheckRuns checks, Limits limits, InstantSource clock) {

  private static final int TRIES = 5;

  PRHandle merge(PRHandle pr, Forge.Merging how) throws InterruptedException {
    JsonNode pull = judged(pr);
    if (!Pulls.isMerged(pull)) {
      refuse(pr, pull, how);
      pull = put(pr, pull, how);
    }
    if (how.deleteBranch()) {
      pulls.deleteBranch(pull);
    }
    return Pulls.handle(pull);
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
      throw new ForgeFailure.NotMergeable(pr.url(), "it is a draft; mark it as ready for review");
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
      case 405, 409, 422 -> new ForgeFailure.NotMergeable(pr.url(), answer.words());
      default -> answer.failure();
    };
  }
}
