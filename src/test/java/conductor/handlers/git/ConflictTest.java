package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a merge, and merges without a worktree. */
class ConflictTest {

  @TempDir private Path temp;
  private Git git;

  @BeforeEach
  void makesARepository() throws Exception {
    git =
        Git.in(temp, Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString())).asConductor();
    git.must("init", "-q", "-b", "main");
  }

  private String blob(String content) throws InterruptedException {
    return git.textFed(content, "hash-object", "-w", "--stdin").strip();
  }

  /** Leaves a path in conflict: a mode and an id for each stage, in order; "-" for none. */
  private void leaves(String path, String... stages) throws InterruptedException {
    var lines = new StringBuilder();
    for (int i = 0; i < stages.length; i++) {
      if (!stages[i].equals("-")) {
        lines.append("%s %d\t%s\n".formatted(stages[i], i + 1, path));
      }
    }
    git.textFed(lines.toString(), "update-index", "--index-info");
  }

  @Test
  void aConflictSaysItsKind() throws Exception {
    String one = "100644 " + blob("one");
    String two = "100644 " + blob("two");
    String three = "100644 " + blob("three");
    String binary = "100644 " + blob("\0");
    String program = one.replace("100644", "100755");
    leaves("a", one, two, three);
    leaves("b", "-", two, three);
    leaves("c", one, two, "-");
    leaves("d", one, "-", three);
    leaves("e", one, "-", "-");
    leaves("f", "-", two, "-");
    leaves("g", "-", "-", three);
    leaves("h", one, binary, two);
    leaves("i", one, two, binary);
    leaves("j", two, one, program);
    leaves("k", "-", one, program);
    leaves("l", one, two, program);
    leaves("m ü", one, "120000 " + blob("a"), two);
    leaves("n", one, "160000 " + "1".repeat(40), two);

    List<Conflict> conflicts = Conflict.of(git);

    assertThat(conflicts)
        .extracting(Conflict::shown)
        .containsExactly(
            "a",
            "b (add/add)",
            "c (modify/delete)",
            "d (modify/delete)",
            "e (rename)",
            "f (file/directory or rename)",
            "g (file/directory or rename)",
            "h (binary)",
            "i (binary)",
            "j (mode)",
            "k (mode)",
            "l",
            "m ü (link)",
            "n (submodule)");
    assertThat(conflicts.getFirst())
        .isEqualTo(
            new Conflict("a", "content", Map.of(1, blob("one"), 2, blob("two"), 3, blob("three"))));
    assertThat(conflicts.get(3).stages()).containsOnlyKeys(1, 3);
  }

  private String commit(String content, String... parents) throws InterruptedException {
    String tree = git.textFed("100644 blob " + blob(content) + "\tfile\n", "mktree").strip();
    var words = new ArrayList<String>(List.of("commit-tree", tree, "-m", content));
    for (String parent : parents) {
      words.addAll(List.of("-p", parent));
    }
    return git.must(words.toArray(String[]::new));
  }

  @Test
  void twoCommitsAreMergedWithoutAWorktree() throws Exception {
    String base = commit("base\n");
    String ours = commit("ours\n", base);
    String theirs = commit("theirs\n", base);

    assertThat(MergedTree.of(git, base, ours))
        .isEqualTo(new MergedTree(Optional.of(git.must("rev-parse", ours + "^{tree}")), List.of()));
    assertThat(MergedTree.of(git, ours, theirs))
        .isEqualTo(new MergedTree(Optional.empty(), List.of("file")));
    String alone = commit("alone");
    assertThatThrownBy(() -> MergedTree.of(git, ours, alone))
        .isInstanceOf(GitFailure.GitError.class)
        .hasMessageContaining("git merge-tree " + ours);
  }

  @Test
  void ownRefsAreWrittenThoughAKilledGitLeftItsLock() throws Exception {
    String one = commit("one");
    String ref = OwnRefs.PUSHED + "e1/origin/work";
    OwnRefs.write(git, Map.of(ref, one));
    Path lock = Files.writeString(temp.resolve(".git").resolve(ref + ".lock"), "");
    String two = commit("two", one);

    OwnRefs.write(git, Map.of(ref, two));

    assertThat(git.must("rev-parse", ref)).isEqualTo(two);
    assertThat(lock).doesNotExist();
    assertThatThrownBy(() -> OwnRefs.write(git, Map.of(ref, "none")))
        .isInstanceOf(GitFailure.GitError.class);
    git.must("branch", "work", one);
    git.must("branch", "-f", "work", two);
    assertThat(OwnCommits.of(git, "work")).containsExactlyInAnyOrder(one, two);
    git.must("update-ref", "-d", "refs/heads/work");
    assertThat(OwnCommits.of(git, "work")).containsExactly(two);
  }

  @Test
  void aFileIsKnownAgainByItsContent() throws Exception {
    Path file = Files.writeString(temp.resolve("a"), "one");
    String before = Fingerprint.of(file);
    Path link = Files.createSymbolicLink(temp.resolve("l"), Path.of("a"));

    assertThat(Fingerprint.of(Files.writeString(temp.resolve("b"), "one"))).isEqualTo(before);
    assertThat(Fingerprint.of(Files.writeString(file, "two"))).isNotEqualTo(before);
    assertThat(Fingerprint.of(link)).isEqualTo("link a");
    assertThat(Fingerprint.of(temp)).isEqualTo("directory");
    assertThat(Fingerprint.of(temp.resolve("none"))).isEqualTo("gone");
  }
}
