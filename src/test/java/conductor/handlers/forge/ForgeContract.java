package conductor.handlers.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeEffect.Selection;
import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The invariants of {@link Forge}, by their numbers, on whatever forge a subclass brings. */
public abstract class ForgeContract extends ForgeChangesContract {

  private List<PRHandle> all() throws Exception {
    return forge.list(new Forge.Wanted(Selection.ALL, null, null, 100));
  }

  @Test
  void f1IsFoundByItsKeyWhateverBecameOfIt() throws Exception {
    WorktreeEnv merged = place.branch("merged", "a.txt", "a\n");
    WorktreeEnv closed = place.branch("closed", "b.txt", "b\n");
    Key first = key();
    Key second = key();
    assertThat(forge.find(merged, first)).isEmpty();
    PRHandle one = forge.open(proposal(merged, "One", first));
    PRHandle two = forge.open(proposal(closed, "Two", second));

    forge.merge(one, how(MergeStrategy.MERGE));
    forge.close(two, false);

    assertThat(forge.find(merged, first).orElseThrow().status()).isEqualTo(Status.MERGED);
    assertThat(forge.find(closed, second).orElseThrow().status()).isEqualTo(Status.CLOSED);
    assertThat(forge.find(closed, key())).isEmpty();
  }

  @Test
  void f14ShowsItsTextCommentsAndChangesWithoutMarks() throws Exception {
    WorktreeEnv env = place.branch("work", "a.txt", "a\n");
    PRHandle pr =
        forge.open(
            new Forge.Proposal(
                env,
                "Add a",
                "Why.",
                "main",
                false,
                List.of("new"),
                List.of("alice"),
                null,
                key()));
    forge.comment(pr, "Well done.", null, key());

    Forge.Details details = forge.details(pr);

    assertThat(details.pr()).isEqualTo(forge.get(PRReference.of(pr)));
    assertThat(details.body()).isEqualTo("Why.");
    assertThat(details.labels()).containsExactly("new");
    assertThat(details.reviewers()).containsExactly("alice");
    assertThat(details.comments()).extracting(Forge.Remark::body).containsExactly("Well done.");
    assertThat(forge.diff(pr)).contains("+++ b/a.txt", "+a");
    assertThat(forge.source(pr)).isEqualTo(new Forge.Source("work", "refs/heads/work", false));
  }

  @Test
  void f2OpeningAgainOpensNothing() throws Exception {
    WorktreeEnv env = place.branch("work", "a.txt", "a\n");
    Key key = key();
    PRHandle first = forge.open(proposal(env, "Once", key));

    assertThat(forge.open(proposal(env, "Once", key))).isEqualTo(first);
    assertThat(forge.open(proposal(env, "Another title", key()))).isEqualTo(first);
    forge.close(first, false);
    assertThat(forge.open(proposal(env, "Once", key)).status()).isEqualTo(Status.CLOSED);
    assertThat(all()).hasSize(1);

    PRHandle second = forge.open(proposal(env, "Anew", key()));
    assertThat(second.number()).isNotEqualTo(first.number());
    assertThat(all()).hasSize(2);
  }

  @Test
  void f3IsReadAsItWasProposedAndAsItStands() throws Exception {
    WorktreeEnv env = place.branch("work", "a.txt", "a\n");
    var draft =
        new Forge.Proposal(
            env, "One\nline\t only ", "Why.", "main", true, List.of("new"), List.of(), null, key());

    PRHandle opened = forge.open(draft);

    assertThat(opened.title()).isEqualTo("One line only");
    assertThat(opened.status()).isEqualTo(Status.DRAFT);
    assertThat(opened.branch()).isEqualTo("work");
    assertThat(opened.target()).isEqualTo("main");
    assertThat(forge.get(PRReference.of(opened))).isEqualTo(opened);
    assertThat(forge.get(new PRReference("#" + opened.number()))).isEqualTo(opened);
    assertThat(forge.get(new PRReference("" + opened.number()))).isEqualTo(opened);
    forge.close(opened, false);
    assertThat(forge.get(PRReference.of(opened)).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void f4AMergeLeavesTheTargetWithTheChange() throws Exception {
    for (MergeStrategy strategy : MergeStrategy.values()) {
      String name = strategy.name();
      WorktreeEnv env = place.branch(name, name + "-1", "1\n");
      place.commit(env, name + "-2", "2\n");
      PRHandle pr = forge.open(proposal(env, "Add " + name, key()));

      PRHandle merged = forge.merge(pr, how(strategy));

      assertThat(merged.status()).isEqualTo(Status.MERGED);
      assertThat(merged.url()).isEqualTo(pr.url());
      assertThat(place.files("main")).contains(name + "-1", name + "-2");
      List<String> log = place.log("main");
      switch (strategy) {
        case MERGE -> assertThat(log.getFirst()).endsWith(" 2");
        case SQUASH -> assertThat(log.getFirst()).startsWith("Add SQUASH").endsWith(" 1");
        case REBASE ->
            assertThat(log.subList(0, 2)).containsExactly("Write REBASE-2 1", "Write REBASE-1 1");
      }
    }
  }

  @Test
  void f5MergingWhatIsMergedChangesNothing() throws Exception {
    PRHandle pr = open("work");
    PRHandle merged = forge.merge(pr, how(MergeStrategy.MERGE));
    List<String> log = place.log("main");

    assertThat(forge.merge(pr, how(MergeStrategy.SQUASH))).isEqualTo(merged);

    assertThat(place.log("main")).isEqualTo(log);
  }

  @Test
  void f6WhatConflictsOrWasClosedIsNotMergeable() throws Exception {
    WorktreeEnv one = place.branch("one", "same.txt", "one\n");
    WorktreeEnv two = place.branch("two", "same.txt", "two\n");
    PRHandle first = forge.open(proposal(one, "One", key()));
    PRHandle second = forge.open(proposal(two, "Two", key()));
    PRHandle third = open("third");
    forge.merge(first, how(MergeStrategy.MERGE));
    forge.close(third, false);
    List<String> log = place.log("main");

    for (MergeStrategy strategy : MergeStrategy.values()) {
      assertThatThrownBy(() -> forge.merge(second, how(strategy)))
          .isInstanceOf(ForgeFailure.NotMergeable.class)
          .hasMessageContaining("conflict");
    }
    assertThatThrownBy(() -> forge.merge(third, how(MergeStrategy.MERGE)))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("closed");

    assertThat(place.log("main")).isEqualTo(log);
    assertThat(forge.get(PRReference.of(second)).status()).isEqualTo(Status.OPEN);
  }

  @Test
  void f13WhatWasNotSeenIsNotMerged() throws Exception {
    WorktreeEnv env = place.branch("work", "work.txt", "work\n");
    PRHandle pr = forge.open(proposal(env, "Add work", key()));
    Set<String> seen = Set.of(Objects.requireNonNull(pr.head()));
    place.commit(env, "more.txt", "more\n");
    List<String> log = place.log("main");

    assertThatThrownBy(() ->
            forge.merge(
                pr, new Forge.Merging(MergeStrategy.MERGE, true, false, key(), seen, false)))
        .isInstanceOf(ForgeFailure.NotMergeable.class)
        .hasMessageContaining("did not see")
        .hasMessageContaining("match: false");

    assertThat(place.log("main")).isEqualTo(log);
    assertThat(forge.merge(pr, how(MergeStrategy.MERGE)).status()).isEqualTo(Status.MERGED);
    assertThat(place.files("main")).contains("more.txt");
  }

  @Test
  void f7TheBranchIsDeletedOnlyWhenThatWasAskedFor() throws Exception {
    PRHandle kept = open("kept");
    PRHandle gone = open("gone");
    PRHandle dropped = open("dropped");

    forge.merge(kept, how(MergeStrategy.MERGE));
    assertThat(place.branches()).contains("kept");
    forge.merge(gone, new Forge.Merging(MergeStrategy.MERGE, true, false, key(), Set.of(), false));
    forge.close(dropped, true);

    assertThat(place.branches()).containsExactlyInAnyOrder("main", "kept");
    assertThat(
            forge
                .merge(
                    gone,
                    new Forge.Merging(MergeStrategy.MERGE, true, false, key(), Set.of(), false))
                .status())
        .isEqualTo(Status.MERGED);
  }

  @Test
  void f8ACommentIsMadeOnceForAKey() throws Exception {
    PRHandle pr = open("work");
    Key key = key();

    String first = forge.comment(pr, "Done.", null, key);

    assertThat(forge.comment(pr, "Done.", null, key)).isEqualTo(first);
    assertThat(comments(pr)).containsExactly("Done.");
    forge.comment(pr, "Done.", null, key());
    assertThat(comments(pr)).containsExactly("Done.", "Done.");
  }

  /** The texts of a pull request's comments, without marks. */
  protected abstract List<String> comments(PRHandle pr) throws Exception;

  @Test
  void f9ClosingClosesOnceAndWhatWasMergedStaysMerged() throws Exception {
    PRHandle closed = open("closed");
    PRHandle merged = open("merged");
    forge.merge(merged, how(MergeStrategy.SQUASH));

    assertThat(forge.close(closed, false).status()).isEqualTo(Status.CLOSED);
    assertThat(forge.close(closed, false).status()).isEqualTo(Status.CLOSED);
    assertThat(forge.close(merged, false).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void f10ListsShowTheNewestFirstAndOnlyWhatWasAskedFor() throws Exception {
    PRHandle first = open("first");
    PRHandle second = open("second");
    PRHandle third = open("third");
    PRHandle merged = forge.merge(first, how(MergeStrategy.MERGE));
    PRHandle closed = forge.close(second, false);

    assertThat(all()).containsExactly(third, closed, merged);
    assertThat(forge.list(new Forge.Wanted(Selection.OPEN, null, null, 9))).containsExactly(third);
    assertThat(forge.list(new Forge.Wanted(Selection.CLOSED, null, null, 9)))
        .containsExactly(closed);
    assertThat(forge.list(new Forge.Wanted(Selection.MERGED, null, null, 9)))
        .containsExactly(merged);
    assertThat(forge.list(new Forge.Wanted(Selection.ALL, "second", "main", 9)))
        .containsExactly(closed);
    assertThat(forge.list(new Forge.Wanted(Selection.ALL, null, "other", 9))).isEmpty();
    assertThat(forge.list(new Forge.Wanted(Selection.ALL, null, null, 2)))
        .containsExactly(third, closed);
  }

  @Test
  void f11WhatIsNotThereIsUnknown() throws Exception {
    var nowhere = new PRHandle(missing(), 99, "T", "b", "main", Status.OPEN, Instant.EPOCH, null);

    assertThatThrownBy(() -> forge.get(new PRReference("#99")))
        .isInstanceOf(ForgeFailure.UnknownPullRequest.class);
    assertThatThrownBy(() -> forge.get(PRReference.of(nowhere)))
        .isInstanceOf(ForgeFailure.UnknownPullRequest.class);
    assertThatThrownBy(() -> forge.merge(nowhere, how(MergeStrategy.MERGE)))
        .isInstanceOf(ForgeFailure.UnknownPullRequest.class);
    assertThatThrownBy(() -> forge.comment(nowhere, "x", null, key()))
        .isInstanceOf(ForgeFailure.UnknownPullRequest.class);
    assertThatThrownBy(() -> forge.close(nowhere, false))
        .isInstanceOf(ForgeFailure.UnknownPullRequest.class);
  }

  @Test
  void f12WithoutChecksAllHavePassedAndWithoutReviewsNothingIsApproved() throws Exception {
    PRHandle pr = open("work");

    var checks = forge.checks(pr).checks();

    assertThat(checks.passed()).isTrue();
    assertThat(checks.checks()).isEmpty();
    assertThat(checks.pr()).isEqualTo(pr);
    assertThat(forge.review(pr, Set.of()).map(PRReview::approved).orElse(false)).isFalse();
  }
}
