package conductor.handlers.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The invariants F15 to F20 of {@link Forge}, on changes of pull requests that are there, on
 * whatever forge a subclass brings.
 */
abstract class ForgeChangesContract {

  @TempDir protected Path temp;

  protected Workplace place;
  Forge forge;
  private int keys;

  /** A workplace with an origin that the forge keeps pull requests of. */
  protected abstract Workplace place() throws Exception;

  protected abstract Forge forge() throws Exception;

  /** A pull request of the forge that does not exist. */
  protected abstract String missing();

  @BeforeEach
  void begin() throws Exception {
    place = place();
    forge = forge();
  }

  Key key() {
    return new Key("wf-000001", 0, String.valueOf(++keys), "0123456789ab");
  }

  static Forge.Proposal proposal(WorktreeEnv env, String title, Key key) {
    return new Forge.Proposal(env, title, "Why.", "main", false, List.of(), List.of(), null, key);
  }

  PRHandle open(String branch) throws Exception {
    WorktreeEnv env = place.branch(branch, branch + ".txt", branch + "\n");
    return forge.open(proposal(env, "Add " + branch, key()));
  }

  Forge.Merging how(MergeStrategy strategy) {
    return new Forge.Merging(strategy, false, false, key(), Set.of(), false);
  }

  /**
   * Has a check of all commits be missing that must pass before a merge, where there are checks.
   */
  protected abstract boolean requireACheck();

  private PRHandle draft(String branch) throws Exception {
    WorktreeEnv env = place.branch(branch, branch + ".txt", branch + "\n");
    return forge.open(
        new Forge.Proposal(
            env, "Add it", "Why.", "main", true, List.of("new"), List.of(), null, key()));
  }

  private PRHandle now(PRHandle pr) throws Exception {
    return forge.get(PRReference.of(pr));
  }

  @Test
  void f15ADraftIsReadyOnce() throws Exception {
    PRHandle draft = draft("work");
    PRHandle closed = forge.close(draft("closed"), false);

    assertThatThrownBy(() -> forge.markReady(closed)).isInstanceOf(ForgeFailure.NotPossible.class);
    assertThat(forge.markReady(draft).status()).isEqualTo(Status.OPEN);
    assertThat(forge.markReady(draft)).isEqualTo(now(draft));
    assertThat(forge.merge(draft, how(MergeStrategy.MERGE)).status()).isEqualTo(Status.MERGED);
    assertThat(forge.markReady(draft).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void f16AnEditChangesWhatIsGivenAndNothingElse() throws Exception {
    WorktreeEnv env = place.branch("work", "a.txt", "a\n");
    place.branch("next", "b.txt", "b\n");
    Key key = key();
    PRHandle pr = forge.open(proposal(env, "Add a", key));
    var all =
        new Forge.Changes("Two\nlines", "Other.", "next", List.of("new"), List.of("one", "none"));

    forge.edit(pr, new Forge.Changes(null, null, null, List.of("one", "two", "one"), List.of()));
    PRHandle edited = forge.edit(pr, all);

    assertThat(forge.edit(pr, all)).isEqualTo(edited).isEqualTo(now(pr));
    assertThat(edited.title()).isEqualTo("Two lines");
    assertThat(edited.target()).isEqualTo("next");
    assertThat(forge.details(pr).body()).isEqualTo("Other.");
    assertThat(forge.details(pr).labels()).containsExactlyInAnyOrder("two", "new");
    assertThat(forge.find(env, key)).contains(edited);
    var nowhere = new Forge.Changes("T", null, "nowhere", List.of(), List.of());
    assertThatThrownBy(() -> forge.edit(pr, nowhere)).isInstanceOf(ForgeFailure.NotPossible.class);
    assertThat(now(pr)).isEqualTo(edited);
  }

  @Test
  void f17WhatWasClosedIsReopenedOnce() throws Exception {
    PRHandle kept = open("kept");
    PRHandle gone = open("gone");
    PRHandle merged = forge.merge(open("merged"), how(MergeStrategy.MERGE));
    forge.close(kept, false);
    forge.close(gone, true);
    place.sh("cd repo; git worktree remove --force ../worktrees/gone; git branch -D gone");

    assertThat(forge.reopen(kept).status()).isEqualTo(Status.OPEN);
    assertThat(forge.reopen(kept)).isEqualTo(now(kept));
    for (PRHandle pr : List.of(gone, merged)) {
      assertThatThrownBy(() -> forge.reopen(pr)).isInstanceOf(ForgeFailure.NotPossible.class);
    }
  }

  @Test
  void f18AnUpdatedBranchHasAllOfItsTarget() throws Exception {
    PRHandle pr = open("work");
    PRHandle other = open("other");
    WorktreeEnv same = place.branch("same", "other.txt", "same\n");
    PRHandle conflicting = forge.open(proposal(same, "Same", key()));
    assertThat(forge.updateBranch(pr, null, Set.of(), key()))
        .isEqualTo(new Forge.Updated(pr, pr.head()));
    forge.merge(other, how(MergeStrategy.MERGE));

    assertThatThrownBy(() -> forge.updateBranch(pr, null, Set.of("0".repeat(40)), key()))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("did not see");

    Forge.Updated updated = forge.updateBranch(pr, null, Set.of(), key());

    assertThat(updated.from()).isEqualTo(pr.head());
    assertThat(updated.pr()).isEqualTo(now(pr));
    assertThat(updated.pr().head()).isNotEqualTo(pr.head());
    assertThat(place.files("work")).contains("work.txt", "other.txt");
    assertThat(forge.updateBranch(pr, null, Set.of(), key()).pr()).isEqualTo(updated.pr());
    assertThat(place.log("work")).filteredOn(line -> line.startsWith("Merge ")).hasSize(2);
    assertThatThrownBy(() -> forge.updateBranch(conflicting, null, Set.of(), key()))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("conflict");
    assertThat(place.log("same")).hasSize(2);
    assertThatThrownBy(() -> forge.updateBranch(other, null, Set.of(), key()))
        .isInstanceOf(ForgeFailure.NotPossible.class)
        .hasMessageContaining("merged");
  }

  @Test
  void f18AnUpdateIsFoundThoughBranchAndTargetMovedOn() throws Exception {
    PRHandle pr = open("work");
    forge.merge(open("other"), how(MergeStrategy.MERGE));
    Key key = key();
    Set<String> seen = Set.of(pr.head());
    Forge.Updated updated = forge.updateBranch(pr, pr.head(), seen, key);
    forge.merge(open("third"), how(MergeStrategy.MERGE));
    place.sh(
        "git clone -q -b work %s clone; cd clone; echo m > m.txt; git add m.txt; git commit -q -m More; git push -q"
            .formatted(place.origin));

    assertThat(forge.adopting().updateBranch(pr, pr.head(), seen, key)).isEqualTo(updated);
    assertThat(place.log("work")).filteredOn(line -> line.startsWith("Merge ")).hasSize(2);
    assertThat(place.files("work")).contains("m.txt").doesNotContain("third.txt");
  }

  @Test
  void f19AReviewIsMadeOnceForAKeyOrNotPossible() throws Exception {
    PRHandle pr = open("work");
    Key key = key();
    try {
      String first = forge.addReview(pr, ReviewAction.COMMENT, "Well.", key);

      assertThat(forge.addReview(pr, ReviewAction.COMMENT, "Well.", key)).isEqualTo(first);
      assertThat(forge.details(pr).comments())
          .extracting(Forge.Remark::body)
          .containsExactly("Well.");
    } catch (ForgeFailure.NotPossible e) {
      assertThat(e.reason).contains("without reviews");
      assertThat(forge.details(pr).comments()).isEmpty();
    }
  }

  @Test
  void f20AMergeByTheForgeIsAskedForOnce() throws Exception {
    PRHandle free = open("free");
    var auto = new Forge.Merging(MergeStrategy.SQUASH, false, false, key(), Set.of(), true);
    assertThat(forge.merge(free, auto).status()).isEqualTo(Status.MERGED);
    boolean waits = requireACheck();
    PRHandle pr = open("work");

    PRHandle merged = forge.merge(pr, auto);

    assertThat(merged.status()).isEqualTo(waits ? Status.OPEN : Status.MERGED);
    assertThat(forge.merge(pr, auto)).isEqualTo(merged);
  }
}
