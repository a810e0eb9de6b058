package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.handlers.forge.Forge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** GitHub when it does not answer, answers late, or says no. */
class FaultsTest extends ServerScene {

  private static final Fault LOST = new Fault.Lost();
  private static final Fault DROPPED = new Fault.Dropped();

  @Test
  void whatHappenedWithoutAnAnswerIsNotDoneAgain() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    server.fake.plan("POST .*/pulls", LOST);
    server.fake.plan("POST .*/comments", LOST);
    server.fake.plan("PUT .*/merge", LOST);
    server.fake.plan("DELETE .*", LOST);

    PRHandle pr = forge.open(proposal);
    forge.comment(pr, "Done.", null, server.key());
    forge.merge(pr, server.merging());

    assertThat(server.fake.plans()).isFalse();
    assertThat(server.repository.pulls()).isOne();
    assertThat(server.repository.comments(1)).hasSize(1);
    assertThat(server.place.log("main")).hasSize(3);
    assertThat(server.fake.requests("POST .*/pulls")).hasSize(1);
    assertThat(server.fake.requests("POST .*/comments")).hasSize(1);
    assertThat(server.fake.requests("PUT .*/merge")).hasSize(1);
    assertThat(server.told).allSatisfy(line -> assertThat(line).contains("trying again"));
  }

  @Test
  void aServerThatFailsOrHangsUpIsAskedAgain() throws Exception {
    Fault broken = Fault.status(502, "Bad Gateway");
    server.fake.plan("GET .*/pulls", DROPPED, broken, Fault.status(503, "Unavailable"));
    server.fake.plan("POST .*/pulls", broken, DROPPED);

    assertThat(forge.open(server.proposal("work")).number()).isOne();

    assertThat(server.repository.pulls()).isOne();
    assertThat(server.fake.plans()).isFalse();
    assertThat(String.join("\n", server.told)).contains("502", "503", "trying again");
  }

  @Test
  void anAnswerThatComesTooLateIsLookedForFirst() throws Exception {
    server.fake.plan("POST .*/pulls", new Fault.Slow(Duration.ofSeconds(3)));

    PRHandle pr = forge.open(server.proposal("work"));

    assertThat(pr.number()).isOne();
    assertThat(server.repository.pulls()).isOne();
  }

  @Test
  void aServerThatKeepsFailingIsUnreachable() throws Exception {
    Fault broken = Fault.status(500, "Oops");
    server.fake.plan("GET .*/pulls", broken, broken, broken, broken);

    assertThatThrownBy(() -> forge.open(server.proposal("work")))
        .isInstanceOf(ForgeFailure.ForgeUnreachable.class)
        .hasMessageContaining("answered with 500, 4 times")
        .hasMessageContaining("resume");
    assertThat(server.repository.pulls()).isZero();
  }

  @Test
  void aRateLimitIsWaitedOutVisibly() throws Exception {
    Instant until = Instant.now().plusSeconds(2);
    server.fake.plan("POST .*/pulls", FakeGitHub.rateLimit(until));
    server.fake.plan("GET .*/pulls", new Fault.Answered(429, Map.of("Retry-After", "1"), "{}"));

    forge.open(server.proposal("work"));

    assertThat(Instant.now()).isAfterOrEqualTo(Instant.ofEpochSecond(until.getEpochSecond()));
    assertThat(server.told)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("limits how often", "waiting until"));
    assertThat(server.repository.pulls()).isOne();
  }

  @Test
  void aTokenThatIsNotAcceptedOrSeesTooLittleIsNamed() throws Exception {
    Forge.Proposal proposal = server.proposal("work");

    assertThatThrownBy(() -> server.forge("ghp_wrong").open(proposal))
        .isInstanceOf(ForgeFailure.ForgeDenied.class)
        .hasMessageContaining("Bad credentials")
        .hasMessageContaining("GITHUB_TOKEN")
        .hasMessageContaining(server.fake.url() + "/settings/tokens/new?scopes=repo");
    server.fake.plan(
        "GET .*/it",
        new Fault.Answered(404, Map.of("X-OAuth-Scopes", "gist"), "{\"message\": \"Not Found\"}"));
    assertThatThrownBy(forge::ready)
        .isInstanceOf(ForgeFailure.ForgeDenied.class)
        .hasMessageContaining("scope 'repo'")
        .hasMessageContaining("it has: gist");
    server.repository.push = false;
    assertThatThrownBy(forge::ready).hasMessageContaining("not push");
    assertThatThrownBy(() -> server.forge(" ").ready()).hasMessageContaining("there is no token");
  }

  @Test
  void whatGitHubRefusesIsToldInItsWords() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    var elsewhere =
        new Forge.Proposal(
            proposal.env(), "T", "", "nowhere", false, List.of(), List.of(), null, server.key());

    assertThatThrownBy(() -> forge.open(elsewhere))
        .isInstanceOf(ForgeFailure.ForgeRefused.class)
        .hasMessageContaining("Validation Failed: base is invalid");

    PRHandle pr = forge.open(proposal);
    server.fake.plan("PUT .*/merge", Fault.status(405, "Merge commits are not allowed here."));
    assertThatThrownBy(() -> forge.merge(pr, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("Merge commits are not allowed here.");
  }

  @Test
  void h19ABadLabelOrReviewerTakesNoOtherWithIt() throws Exception {
    Forge.Proposal proposal = server.proposal("work");

    forge.open(
        new Forge.Proposal(
            proposal.env(),
            "T",
            "",
            "main",
            false,
            List.of("one", "bad,label", "two"),
            List.of("ann", "nobody", "bob"),
            null,
            proposal.key()));

    assertThat(server.repository.labels(1)).containsExactly("one", "two");
    assertThat(server.repository.reviewers(1)).containsExactly("ann", "bob");
    assertThat(server.told)
        .containsExactly(
            "the label 'bad,label' was not put on: Validation Failed: name is invalid",
            "nobody was not asked for a review: Reviews may only be requested from collaborators.");
  }

  @Test
  void whatDoesNotDifferIsNothingToPropose() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    server.place.sh("git -C %s update-ref refs/heads/main work".formatted(server.place.origin));

    assertThatThrownBy(() -> forge.open(proposal))
        .isInstanceOf(ForgeFailure.NothingToPropose.class);
  }

  @Test
  void aTargetThatMovedMeanwhileIsTriedAgain() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    server.fake.plan(
        "PUT .*/merge",
        Fault.status(405, "Base branch was modified. Review and try the merge again."));

    assertThat(forge.merge(pr, server.merging()).status()).isEqualTo(Status.MERGED);
    assertThat(server.fake.requests("PUT .*/merge")).hasSize(2);
  }

  @Test
  void requiredChecksThatFailedStandInTheWay() throws Exception {
    server.repository.required.add("build");
    server.repository.runner =
        _ ->
            List.of(
                new FakeRepository.Check("build", "failure", ""),
                new FakeRepository.Check("lint", "failure", ""));
    PRHandle pr = forge.open(server.proposal("work"));
    var anyway =
        new Forge.Merging(MergeStrategy.SQUASH, false, true, server.key(), Set.of(), false);

    assertThatThrownBy(() -> forge.merge(pr, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("required checks failed: build;");
    server.repository.strict = true;
    assertThatThrownBy(() -> forge.merge(pr, anyway))
        .hasMessageContaining("Required status check \"build\" is failing.");
    server.repository.strict = false;
    assertThat(forge.merge(pr, anyway).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void checksThatARulesetRequiresStandInTheWayToo() throws Exception {
    server.repository.ruled.add("build");
    server.repository.runner = _ -> List.of(new FakeRepository.Check("build", "timed_out", ""));
    PRHandle pr = forge.open(server.proposal("work"));

    assertThatThrownBy(() -> forge.merge(pr, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("required checks failed: build;");
  }

  @Test
  void h1RequiredChecksThatHaveNotEndedStandInTheWayToo() throws Exception {
    server.repository.required.addAll(List.of("build", "lint"));
    server.repository.runner = _ -> List.of(new FakeRepository.Check("lint", "success", ""));
    PRHandle pr = forge.open(server.proposal("work"));

    assertThatThrownBy(() -> forge.merge(pr, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("required checks have not ended: build; WaitForChecks");
  }

  @Test
  void whatAPersonDidMeanwhileIsTakenAsItIs() throws Exception {
    PRHandle merged = forge.open(server.proposal("one"));
    Forge.Proposal second = server.proposal("two");
    PRHandle gone = forge.open(second);
    server.repository.mergedByHand(merged.number());
    server.place.sh("git -C %s update-ref -d refs/heads/two".formatted(server.place.origin));

    assertThat(forge.merge(merged, server.merging()).status()).isEqualTo(Status.MERGED);
    assertThatThrownBy(() -> forge.merge(gone, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("it was closed");
    assertThat(forge.open(second)).isEqualTo(forge.find(second.env(), second.key()).orElseThrow());
  }

  @Test
  void aTextOfFiveMegabytesIsCutAndKept() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    String text = "word ".repeat(1_000_000);
    var long_ =
        new Forge.Proposal(
            proposal.env(),
            "t".repeat(300),
            text,
            "main",
            false,
            List.of("new one", "bug"),
            List.of("ann", "nobody"),
            null,
            proposal.key());

    PRHandle pr = forge.open(long_);

    String body = server.repository.body(pr.number());
    assertThat(body.length()).isLessThanOrEqualTo(65_536);
    assertThat(pr.title()).hasSize(256);
    assertThat(server.repository.labels(1)).containsExactly("new one", "bug");
    assertThat(forge.find(proposal.env(), proposal.key())).contains(pr);
    assertThat(server.told).hasSize(2).last().asString().contains("nobody was not asked");
    String whole = server.told.getFirst().replaceFirst(".*the whole of it is ", "");
    assertThat(body).contains("… cut here").doesNotContain(whole, "file:");
    assertThat(Path.of(whole)).hasContent(text);
  }

  @Test
  void h5AnAppsTokenThatShowsNoPermissionsIsLetIn() throws Exception {
    server.repository.app = true;

    forge.ready();

    assertThat(forge.open(server.proposal("work")).number()).isOne();
  }

  @Test
  void h11ATokenWithoutTheScopeIsRefusedBeforeAnythingIsPaid() throws Exception {
    for (String scopes : List.of("", "read:user, gist", "public_repo")) {
      server.repository.hidden = true;
      server.repository.scopes = scopes;
      assertThatThrownBy(forge::ready)
          .isInstanceOf(ForgeFailure.ForgeDenied.class)
          .hasMessageContaining("lacks the scope 'repo'")
          .hasMessageContaining(scopes.isEmpty() ? "none" : scopes);
    }
    server.repository.scopes = "gist, repo";
    forge.ready();
    server.repository.hidden = false;
    server.repository.scopes = "public_repo";
    forge.ready();
  }

  @Test
  void h6ARepositoryThatMovedIsFoundWhereItIs() throws Exception {
    server.fake.moved("old", "name", "me", "it");
    Forge moved = server.forge(new Slug("old", "name"));
    Forge.Proposal proposal = server.proposal("work");

    moved.ready();
    PRHandle pr = moved.open(proposal);
    assertThat(moved.open(proposal)).isEqualTo(pr);
    moved.comment(pr, "Done.", null, server.key());
    assertThat(moved.merge(pr, server.merging()).status()).isEqualTo(Status.MERGED);

    assertThat(server.repository.pulls()).isOne();
    assertThat(server.repository.comments(1)).hasSize(1);
    assertThat(server.told)
        .containsExactly("old/name is called me/it now; 'git remote set-url' tells git");
  }

  @Test
  void h6NothingIsPostedToAnotherHostNorTheTokenShownThere() throws Exception {
    try (var other = new FakeGitHub(temp.resolve("other"))) {
      Fault elsewhere =
          new Fault.Answered(
              307, Map.of("Location", other.url() + "/api/v3/repos/me/it/pulls"), "");
      server.fake.plan("POST .*/pulls", elsewhere);

      assertThatThrownBy(() -> forge.open(server.proposal("work")))
          .isInstanceOf(ForgeFailure.ForgeRefused.class)
          .hasMessageContaining("307");
      server.fake.plan("GET .*/pulls/1", elsewhere);
      assertThatThrownBy(() -> forge.get(new PRReference("#1")))
          .isInstanceOf(ForgeFailure.ForgeDenied.class);
      assertThat(other.requests("POST .*")).isEmpty();
    }
  }

  @Test
  void allTheWordsForHasteAreLimits() throws Exception {
    for (Fault fault :
        List.of(
            new Fault.Answered(
                422, Map.of("Retry-After", "1"), "{\"message\": \"was submitted too quickly\"}"),
            new Fault.Answered(
                403,
                Map.of("Retry-After", "1"),
                "{\"message\": \"You have triggered an abuse detection mechanism.\"}"))) {
      server.fake.plan("POST .*/pulls", fault);
    }

    assertThat(forge.open(server.proposal("work")).number()).isOne();
    assertThat(server.told).hasSize(2).allSatisfy(line -> assertThat(line).contains("limits"));
  }

  @Test
  void whereAnOrganizationWantsSamlTheAddressIsShown() {
    server.fake.plan(
        "GET .*/it",
        new Fault.Answered(
            403,
            Map.of("X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?x=1"),
            "{\"message\": \"Resource protected by organization SAML enforcement.\"}"));

    assertThatThrownBy(forge::ready)
        .isInstanceOf(ForgeFailure.ForgeDenied.class)
        .hasMessageEndingWith("authorize the token at https://github.com/orgs/acme/sso?x=1");
  }

  @Test
  void aTargetThatWasRenamedIsSaid() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    server.place.sh("git -C %s branch -m main trunk".formatted(server.place.origin));
    String there = server.fake.url() + "/api/v3/repos/me/it/branches/trunk";
    server.fake.plan(
        "GET .*/branches/main", new Fault.Answered(301, Map.of("Location", there), "{}"));

    assertThatThrownBy(() -> forge.open(proposal))
        .isInstanceOf(ForgeFailure.ForgeRefused.class)
        .hasMessageContaining("the branch 'main' was renamed to 'trunk'");
  }
}
