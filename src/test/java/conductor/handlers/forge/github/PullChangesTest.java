package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes of pull requests at a GitHub that loses answers, lags, or says no. */
class PullChangesTest extends ServerScene {

  private static final Fault LOST = new Fault.Lost();

  private PRHandle opened(String branch) throws Exception {
    return forge.open(server.proposal(branch));
  }

  private PRHandle draft() throws Exception {
    Forge.Proposal given = server.proposal("work");
    return forge.open(
        new Forge.Proposal(
            given.env(), "T", "Why.", "main", true, List.of(), List.of(), null, given.key()));
  }

  private static Forge.Changes body(String body) {
    return new Forge.Changes(null, body, null, List.of(), List.of());
  }

  private Forge.Merging auto(Set<String> seen) {
    return new Forge.Merging(MergeStrategy.SQUASH, false, false, server.key(), seen, true);
  }

  private List<String> mutations() {
    return server.fake.requests("POST .*/graphql");
  }

  @Test
  void whatHappenedWithoutAnAnswerIsNotDoneAgain() throws Exception {
    PRHandle pr = draft();
    server.fake.plan("POST .*/graphql", LOST);
    forge.markReady(pr);
    forge.merge(opened("other"), server.merging());
    server.fake.plan("PUT .*/update-branch", LOST);
    PRHandle updated = forge.updateBranch(pr, null, Set.of(), server.key()).pr();
    Key key = server.key();
    server.repository.lag("GET /pulls/1/reviews", 3);
    server.fake.plan("POST .*/reviews", new Fault.Failed(502));
    String url = forge.addReview(updated, ReviewAction.COMMENT, "Well.", key);
    server.fake.plan("PATCH .*", LOST);
    forge.edit(pr, new Forge.Changes("Other", null, null, List.of(), List.of()));

    assertThat(forge.adopting().addReview(updated, ReviewAction.COMMENT, "Well.", key))
        .isEqualTo(url);
    assertThat(mutations()).hasSize(1);
    assertThat(server.fake.requests("PUT .*/update-branch")).hasSize(1);
    assertThat(server.fake.requests("POST .*/reviews")).hasSize(1);
    assertThat(forge.get(PRReference.of(pr)).title()).isEqualTo("Other");
    assertThat(server.place.log("work")).filteredOn(line -> line.endsWith(" 2")).hasSize(2);
  }

  @Test
  void whatGitHubConfirmedIsBelievedThoughItShowsItLater() throws Exception {
    PRHandle pr = draft();
    forge.get(PRReference.of(pr));
    server.repository.lag("GET /pulls/1", 3);

    assertThat(forge.markReady(pr).status()).isEqualTo(Status.OPEN);

    forge.merge(opened("other"), server.merging());
    server.repository.lag("GET /pulls/1", 3);
    PRHandle updated = forge.updateBranch(pr, null, Set.of(), server.key()).pr();
    assertThat(updated.head()).isEqualTo(server.repository.head(1));
    assertThat(mutations()).hasSize(1);
  }

  @Test
  void anAutoMergeThatAProcessAskedForIsNotAskedForAgain() throws Exception {
    server.repository.required.add("build");
    PRHandle pr = opened("work");
    server.fake.plan("POST .*/graphql", Fault.status(502, "Bad Gateway"), LOST);

    assertThat(forge.merge(pr, auto(Set.of())).status()).isEqualTo(Status.OPEN);
    assertThat(server.repository.isAwaited(1)).isTrue();
    int asked = mutations().size();
    assertThat(server.forge().adopting().merge(pr, auto(Set.of())).status()).isEqualTo(Status.OPEN);
    assertThat(mutations()).hasSize(asked);

    server.repository.checks.put(
        server.repository.head(1), List.of(new FakeRepository.Check("build", "success", "")));
    assertThat(forge.get(PRReference.of(pr)).status()).isEqualTo(Status.MERGED);
    assertThat(forge.merge(pr, auto(Set.of())).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void aMergeQueueIsEnteredOnceAndOnlyWhenAskedFor() throws Exception {
    server.repository.mergeQueue = true;
    PRHandle pr = opened("work");

    assertThatThrownBy(() -> forge.merge(pr, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("merge queue")
        .hasMessageContaining("'auto: true'");
    assertThat(forge.merge(pr, auto(Set.of())).status()).isEqualTo(Status.OPEN);
    assertThat(forge.merge(pr, auto(Set.of())).status()).isEqualTo(Status.OPEN);
    assertThat(server.repository.isAwaited(1)).isTrue();
  }

  @Test
  void whatMayNotBeMergedByItselfIsToldInGitHubsWords() throws Exception {
    server.repository.required.add("build");
    PRHandle pr = opened("work");
    server.repository.autoMerge = false;
    assertThatThrownBy(() -> forge.merge(pr, auto(Set.of())))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("Auto merge is not allowed for this repository")
        .hasMessageContaining("Allow auto-merge");
    assertThatThrownBy(() -> forge.merge(pr, auto(Set.of("0".repeat(40)))))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("did not see");
    forge.close(pr, false);
    assertThatThrownBy(() -> forge.merge(pr, auto(Set.of())))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void whatGitHubRefusesIsNotPossibleInItsWords() throws Exception {
    PRHandle pr = opened("work");
    PRHandle other = opened("other");
    assertThatThrownBy(() -> forge.addReview(pr, ReviewAction.APPROVE, "", server.key()))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("Can not approve your own pull request");
    var nowhere = new Forge.Changes(null, null, "nowhere", List.of(), List.of());
    assertThatThrownBy(() -> forge.edit(pr, nowhere))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("base is invalid");
    var badLabel = new Forge.Changes(null, null, null, List.of("a,b"), List.of());
    assertThatThrownBy(() -> forge.edit(pr, badLabel)).isInstanceOf(ForgeFailure.NotPossible.class);
    server.fake.plan("PUT .*/update-branch", Fault.status(403, "Resource not accessible"));
    forge.merge(other, server.merging());
    assertThatThrownBy(() -> forge.updateBranch(pr, null, Set.of(), server.key()))
        .isInstanceOf(ForgeFailure.ForgeDenied.class)
        .hasMessageContaining("Resource not accessible");
    server.fake.plan("DELETE .*/labels/.*", Fault.status(404, "Label does not exist"));
    forge.edit(pr, new Forge.Changes(null, null, null, List.of("a b/c"), List.of()));
    forge.edit(pr, new Forge.Changes(null, null, null, List.of(), List.of("a b/c")));
    assertThat(server.fake.plans()).isFalse();
  }

  @Test
  void aHeadThatMovedMeanwhileIsNotUpdatedUnseen() throws Exception {
    PRHandle pr = opened("work");
    forge.merge(opened("other"), server.merging());
    server.fake.plan(
        "PUT .*/update-branch",
        Fault.status(422, "expected head sha didn’t match current head ref."));

    assertThatThrownBy(() -> forge.updateBranch(pr, null, Set.of(), server.key()))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("expected head sha");
  }

  @Test
  void aSpentLimitOfGraphQlIsWaitedOut() throws Exception {
    PRHandle pr = draft();
    String reset = String.valueOf(Instant.now().plusSeconds(1).getEpochSecond());
    server.fake.plan(
        "POST .*/graphql",
        new Fault.Answered(
            200,
            Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset),
            "{\"errors\": [{\"type\": \"RATE_LIMITED\", \"message\": \"API rate limit exceeded\"}]}"));

    assertThat(forge.markReady(pr).status()).isEqualTo(Status.OPEN);
    assertThat(server.told).singleElement().asString().contains("limits how often");
  }

  @Test
  void whatTheTokenMayNotDoByGraphQlIsDenied() throws Exception {
    PRHandle pr = draft();
    server.fake.plan(
        "POST .*/graphql",
        new Fault.Answered(
            200,
            Map.of(),
            "{\"data\": {\"markPullRequestReadyForReview\": null}, \"errors\": [{\"type\": \"FORBIDDEN\", \"message\": \"Resource not accessible by personal access token\"}]}"));

    assertThatThrownBy(() -> forge.markReady(pr))
        .isInstanceOf(ForgeFailure.ForgeDenied.class)
        .hasMessageContaining("Resource not accessible by personal access token");
  }

  @Test
  void labelsDoNotDifferByCaseAndWhatIsTakenOffIsNotPutOn() throws Exception {
    PRHandle pr = opened("work");
    forge.edit(pr, new Forge.Changes(null, null, null, List.of("Bug", "old"), List.of()));

    forge.edit(pr, new Forge.Changes(null, null, null, List.of("bug", "x"), List.of("OLD", "x")));

    assertThat(server.repository.labels(1)).containsExactly("Bug");
    assertThat(server.fake.requests("POST .*/labels")).hasSize(1);
  }

  @Test
  void anEditKeepsTheMarkAndTheIssueThatIsClosed() throws Exception {
    Forge.Proposal given = server.proposal("work");
    String issue = server.fake.url() + "/me/it/issues/7";
    PRHandle pr =
        forge.open(
            new Forge.Proposal(
                given.env(), "T", "Why.", "main", false, List.of(), List.of(), issue, given.key()));
    String mark = "\n\n" + Marks.of(given.key());

    forge.edit(pr, body("Because."));
    assertThat(server.repository.body(1)).isEqualTo("Because.\n\nCloses #7" + mark);
    forge.edit(pr, body(""));
    assertThat(forge.find(given.env(), given.key())).isPresent();
    forge.edit(pr, body("Fixes #7."));
    assertThat(server.repository.body(1)).isEqualTo("Fixes #7." + mark);
  }
}
