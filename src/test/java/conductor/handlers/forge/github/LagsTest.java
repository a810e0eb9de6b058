package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.handlers.forge.Forge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** GitHub when it shows things as they were a while ago. */
class LagsTest extends ServerScene {

  private static final Fault LOST = new Fault.Lost();

  @Test
  void h4AMergeThatGitHubConfirmedIsBelievedThoughItShowsItLater() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    forge.get(PRReference.of(pr));
    server.repository.lag("GET /pulls/1", 3);

    PRHandle merged = forge.merge(pr, server.merging());

    assertThat(merged.status()).isEqualTo(Status.MERGED);
    assertThat(server.place.branches()).containsExactly("main");
  }

  @Test
  void h17ABranchThatMayNotBeDeletedIsSaid() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    server.fake.plan("DELETE .*", Fault.status(403, "Cannot delete protected branch"));

    assertThat(forge.merge(pr, server.merging()).status()).isEqualTo(Status.MERGED);
    assertThat(server.told)
        .containsExactly("the branch 'work' is kept: Cannot delete protected branch");
  }

  @Test
  void h3h16WhatHappenedWithoutAnAnswerIsFoundThoughListsLag() throws Exception {
    Forge.Proposal proposal = server.proposal("work");
    Fault failed = new Fault.Failed(502);
    server.repository.lag("GET /pulls", 3);
    server.fake.plan("POST .*/pulls", LOST);
    PRHandle pr = forge.open(proposal);
    for (Fault fault : List.of(failed, LOST)) {
      server.repository.lag("GET /issues/1/comments", 3);
      server.fake.plan("POST .*/comments", fault);
      forge.comment(pr, "Done.", null, server.key());
    }

    assertThat(server.repository.pulls()).isOne();
    assertThat(server.repository.comments(1)).hasSize(2);
    assertThat(server.fake.requests("POST .*")).hasSize(3);
  }

  @Test
  void h15WhatGitHubHasNotSeenYetIsAskedForAgain() throws Exception {
    server.fake.plan(
        "POST .*/pulls",
        new Fault.Answered(
            422,
            Map.of(),
            "{\"message\": \"Validation Failed\", \"errors\": [{\"resource\": \"PullRequest\", \"field\": \"head\", \"code\": \"invalid\"}]}"));
    PRHandle pr = forge.open(server.proposal("work"));
    server.fake.plan(
        "GET .*/pulls/1", Fault.status(404, "Not Found"), Fault.status(404, "Not Found"));

    forge.comment(pr, "Done.", null, server.key());

    assertThat(server.repository.pulls()).isOne();
    assertThat(server.repository.comments(1)).hasSize(1);
  }

  @Test
  void h14AHeadThatDidNotMoveThoughGitHubSaysSoIsTriedAgain() throws Exception {
    Fault modified = Fault.status(409, "Head branch was modified. Review and try the merge again.");
    PRHandle one = forge.open(server.proposal("one"));
    server.fake.plan("PUT .*/merge", modified);

    assertThat(forge.merge(one, server.merging()).status()).isEqualTo(Status.MERGED);
    assertThat(server.fake.requests("PUT .*/merge")).hasSize(2);

    PRHandle two = forge.open(server.proposal("two"));
    server.fake.plan("PUT .*/2/merge", modified, modified, modified, modified, modified);
    assertThatThrownBy(() -> forge.merge(two, server.merging()))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("Head branch was modified");
  }

  @Test
  void h3WhatAProcessDidThatIsGoneIsFoundThoughTheListLags() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    var key = server.key();
    server.repository.lag("GET /issues/1/comments", 3);
    String url = forge.comment(pr, "Done.", null, key);

    assertThat(forge.adopting().comment(pr, "Done.", null, key)).isEqualTo(url);
    assertThat(server.repository.comments(1)).hasSize(1);
  }

  @Test
  void h3AnswersThatGitHubDoesNotShowYetAreNotAskedForAgain() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    server.repository.review(1, "ann", "CHANGES_REQUESTED", "", "work.txt:1: Why?");
    server.repository.says(1, "bob", "MEMBER", "What for?");
    var asked = forge.review(pr, Set.of()).orElseThrow().comments();
    server.repository.lag(3);
    for (PRReview.Comment comment : asked) {
      forge.comment(pr, "Because.", comment.id(), server.key());
    }
    Set<String> answered = asked.stream().map(PRReview.Comment::id).collect(Collectors.toSet());

    assertThat(forge.review(pr, answered)).isEmpty();
    assertThat(asked).hasSize(3);
  }

  @Test
  void h15ListsOfWhatGitHubDoesNotShowYetAreAskedForAgain() throws Exception {
    PRHandle pr = forge.open(server.proposal("work"));
    Fault missing = Fault.status(404, "Not Found");
    server.fake.plan("GET .*/check-runs", Fault.status(422, "No commit found for SHA"));
    for (String list : List.of("status", "reviews", "pulls/1/comments", "issues/1/comments")) {
      server.fake.plan("GET .*/" + list, missing, missing);
    }

    assertThat(forge.checks(pr).checks().passed()).isTrue();
    assertThat(forge.review(pr, Set.of())).isEmpty();
    assertThat(server.fake.plans()).isFalse();
  }
}
