package conductor.handlers.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.WorktreeEnv;
import conductor.handlers.git.InitialChanges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git says of a worktree, and what conductor says of it then. */
class WorktreeStateTest {

  private static final String HEAD = "0123456789012345678901234567890123456789";

  @TempDir private Path temp;

  private WorktreeEnv env() {
    return new WorktreeEnv(
        "e1", temp, "work", "main", null, HEAD, null, Path.of("/repo"), Instant.EPOCH, null, null);
  }

  private static String changed(String states, String submodule, String path) {
    return "1 %s %s 100644 100644 100644 %s %s %s".formatted(states, submodule, HEAD, HEAD, path);
  }

  private WorktreeState state(InitialChanges birth, Set<String> submodules, String... items) {
    var reading = new StatusReading();
    for (String item : items) {
      reading.add(item);
    }
    return reading.state(env(), Optional.of("merge"), birth, submodules);
  }

  @Test
  void eachItemOfTheStatusHasItsPlace() throws Exception {
    Files.writeString(temp.resolve("born"), "x");
    InitialChanges.write(temp.resolve("birth"), temp, List.of("born", "gone"));
    var birth = InitialChanges.read(temp.resolve("birth"));
    Files.writeString(temp.resolve("gone"), "changed since");

    WorktreeState state =
        state(
            birth,
            Set.of("lib", "clean", "edited", "new"),
            "# branch.oid " + HEAD,
            "# branch.head work",
            "# branch.upstream origin/work",
            changed(".M", "N...", "a b"),
            changed("M.", "N...", "born"),
            changed(".M", "SC..", "lib"),
            changed(".M", "S...", "clean"),
            changed(".M", "S.M.", "edited"),
            changed(".M", "S..U", "new"),
            changed("A.", "SC..", "nobody's"),
            "u UU N... 100644 100644 100644 100644 %s %s %s in conflict"
                .formatted(HEAD, HEAD, HEAD),
            "? born",
            "? gone",
            "? repo/");

    assertThat(state.head()).isEqualTo(HEAD);
    assertThat(state.branch()).contains("work");
    assertThat(state.operation()).contains("merge");
    assertThat(state.unmerged()).containsExactly("in conflict");
    assertThat(state.changes()).containsExactly("a b", "born", "clean", "gone");
    assertThat(state.born()).containsExactly("born");
    assertThat(state.nested()).containsExactly("repo", "nobody's");
    assertThat(state.submodules())
        .containsExactly(
            new WorktreeState.Submodule("lib", true, false, false),
            new WorktreeState.Submodule("edited", false, true, false),
            new WorktreeState.Submodule("new", false, false, true));
    assertThat(state.uncommitted()).isEqualTo(10);
    assertThat(state.dirty()).isTrue();
    assertThat(state.onBranch()).isTrue();
    assertThat(state.obstacles())
        .containsExactly("a merge is in progress", "in conflict: in conflict");
    assertThat(state.remarks())
        .containsExactly(
            "a merge is in progress",
            "in conflict: in conflict",
            "repo/ is a repository of its own",
            "nobody's/ is a repository of its own",
            "submodule lib has moved",
            "submodule edited is dirty",
            "submodule new is dirty");
  }

  private WorktreeState on(String... branch) {
    return new WorktreeState(
        env(),
        HEAD,
        Optional.of(branch).filter(one -> one.length > 0).map(one -> one[0]),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of("born"),
        List.of(),
        List.of());
  }

  @Test
  void aBranchIsItsOwnAnotherOrNone() {
    assertThat(on("work").onBranch()).isTrue();
    assertThat(on("work").remarks()).isEmpty();
    assertThat(on("work").dirty()).isFalse();
    assertThat(on("other").onBranch()).isFalse();
    assertThat(on("other").remarks()).containsExactly("on branch other");
    assertThat(on().remarks()).containsExactly("detached");
    assertThat(
            state(InitialChanges.read(temp.resolve("none")), Set.of(), "# branch.head (detached)")
                .branch())
        .isEmpty();
    assertThat(on("work").obstacles()).isEmpty();
  }

  @Test
  void tenPathsAreListed() {
    List<String> paths = IntStream.range(0, 12).mapToObj(n -> "p" + n).toList();

    assertThat(WorktreeState.listed(paths.subList(0, 2))).isEqualTo("p0, p1");
    assertThat(WorktreeState.listed(paths.subList(0, 10))).endsWith(", p9");
    assertThat(WorktreeState.listed(paths)).endsWith(", p9 and 2 more");
  }

  @Test
  void whatIsNotKnownIsNotPassedOver() {
    assertThatThrownBy(() -> new StatusReading().add("2 R. N..."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 R. N...");
  }

  @Test
  void theNameOfARepositorysDirectoryTellsItsPath() {
    assertThat(Worktrees.nameOf(Path.of("/a/my repo"))).matches("my_repo-[0-9a-f]{8}");
    assertThat(Worktrees.nameOf(Path.of("/a/repo")))
        .isNotEqualTo(Worktrees.nameOf(Path.of("/b/repo")));
  }
}
