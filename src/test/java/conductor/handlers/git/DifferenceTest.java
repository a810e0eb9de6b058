package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import conductor.handlers.git.DiffFile.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What differs between two commits, as data, from git's patch and from JGit. */
class DifferenceTest extends TwoReaders {

  private static final String TEN =
      IntStream.rangeClosed(1, 10).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());

  private void file(String name, String text) throws IOException {
    Path file = git.directory().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String committed() throws InterruptedException {
    git.must("add", "-A");
    return commit("x");
  }

  private static DiffFile only(Diff diff) {
    assertThat(diff.files()).hasSize(1);
    assertThat(diff.cut()).isFalse();
    return diff.files().getFirst();
  }

  /** The lines with their numbers and marks, hunk by hunk. */
  private static List<String> lines(DiffFile file) {
    return file.hunks().stream()
        .flatMap(hunk -> hunk.lines().stream())
        .map(line -> line.from() + " " + line.to() + " " + line.kind().mark() + line.text())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void linesHaveTheirNumbersBeforeAndAfter(Reads reads) throws Exception {
    file("a", TEN);
    String before = committed();
    file("a", TEN.replace("line 2\n", "").replace("line 9\n", "line 9\nmore\n"));
    String after = committed();

    DiffFile file = only(reader(reads).difference(before, after));

    assertThat(file.status()).isEqualTo(Status.MODIFIED);
    assertThat(file.hunks())
        .extracting(DiffHunk::heading)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("@@ -1,5 +1,4 @@"),
            second -> assertThat(second).startsWith("@@ -7,4 +6,5 @@"));
    assertThat(lines(file))
        .startsWith("1 1  line 1", "2 0 -line 2", "3 2  line 3")
        .contains("9 8  line 9", "0 9 +more", "10 10  line 10");
    assertThat(file.added()).isEqualTo(1);
    assertThat(file.removed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aFileMayBeAddedDeletedRenamedBinaryOrHaveAnotherMode(Reads reads) throws Exception {
    file("old", TEN);
    file("moved here", TEN.repeat(3));
    file("run", "#!/bin/sh\n");
    file("picture", "a\0b");
    file("empty", "");
    String before = committed();
    Files.delete(git.directory().resolve("old"));
    git.must("mv", "moved here", "to there");
    file("to there", TEN.repeat(3) + "end\n");
    assertThat(git.directory().resolve("run").toFile().setExecutable(true)).isTrue();
    file("picture", "a\0c");
    file("new", "x\n");
    Files.delete(git.directory().resolve("empty"));
    git.must("update-index", "--add", "--cacheinfo", "160000," + before + ",sub");
    Files.createDirectory(git.directory().resolve("sub"));
    String after = committed();

    assertThat(reader(reads).difference(before, after).files())
        .satisfiesExactlyInAnyOrder(
            file -> is(file, "empty", "", Status.DELETED, 0, 0),
            file -> is(file, "", "new", Status.ADDED, 1, 0),
            file -> is(file, "old", "", Status.DELETED, 0, 10),
            file -> {
              is(file, "picture", "picture", Status.MODIFIED, 0, 0);
              assertThat(file.binary()).isTrue();
            },
            file -> {
              is(file, "run", "run", Status.MODE, 0, 0);
              assertThat(file.isModeChanged()).isTrue();
              assertThat(file.newMode()).isEqualTo("100755");
            },
            file -> {
              is(file, "", "sub", Status.ADDED, 1, 0);
              assertThat(file.isSubmodule()).isTrue();
              assertThat(lines(file)).containsExactly("0 1 +Subproject commit " + before);
            },
            file -> is(file, "moved here", "to there", Status.RENAMED, 1, 0));
  }

  private static void is(
      DiffFile file, String from, String to, Status status, int plus, int minus) {
    assertThat(List.of(file.from(), file.to(), file.status(), file.added(), file.removed()))
        .containsExactly(from, to, status, plus, minus);
  }

  @ParameterizedTest
  @EnumSource
  void pathsMayHaveAnyCharacter(Reads reads) throws Exception {
    String before = commit("one");
    List<String> names =
        List.of("a b", "q\"uote", "t\tab", "n\new", "ünï", "back\\slash", "-dash", "x/b b/x", " ");
    for (String name : names) {
      file(name, name.length() > 5 ? "" : "x\n");
    }
    String after = committed();

    assertThat(reader(reads).difference(before, after).files())
        .extracting(DiffFile::path)
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatAreNoTextAreShown(Reads reads) throws Exception {
    String before = commit("one");
    String blob = git.script("printf 'caf\\351\\n' | \"$@\" hash-object -w --stdin").out().strip();
    String enter =
        "printf '100644 %s\\tcaf\\351\\n' " + blob + " | \"$@\" update-index --index-info";
    assertThat(git.script(enter).ok()).isTrue();
    git.must("commit", "-q", "-m", "x");

    DiffFile file = only(reader(reads).difference(before, "HEAD"));

    assertThat(file.path()).startsWith("caf");
    assertThat(lines(file)).containsExactly("0 1 +caf\u00e9");
  }

  @ParameterizedTest
  @EnumSource
  void linesThatLookLikeAPatchAreLines(Reads reads) throws Exception {
    file("a", "-- a/x\n++ b/x\n@@ -1 +1 @@\n\\ No newline at end of file\nlast");
    String before = committed();
    file("a", "++ b/x\n-- \ndiff --git a/y b/y\n@@ -9 +9 @@\nlast\n");
    String after = committed();

    DiffFile file = only(reader(reads).difference(before, after));

    assertThat(file.hunks()).hasSize(1);
    assertThat(lines(file))
        .contains("1 0 --- a/x", "2 1  ++ b/x", "0 2 +-- ", "0 3 +diff --git a/y b/y")
        .contains("4 0 -\\ No newline at end of file", "5 0 -last", "0 5 +last")
        .contains("0 0 \\ No newline at end of file");
  }

  @Test
  void whatIsRemovedStandsBesideWhatCameForIt() throws Exception {
    file("a", "one\ntwo\nthree\nfour");
    String before = committed();
    file("a", "one\n2\nthree\nfour\nfive\n");
    String after = committed();

    List<DiffHunk.Pair> pairs =
        only(reader(Reads.PROGRAM).difference(before, after)).hunks().getFirst().pairs();

    assertThat(pairs)
        .extracting(pair -> side(pair.left()) + "|" + side(pair.right()))
        .containsExactly(
            "one|one", "two|2", "three|three", "four|four", " No newline at end of file|five");
  }

  private static String side(@Nullable DiffLine line) {
    return line == null ? "" : line.text();
  }

  @Test
  void aLongPatchIsCutAndSaysSo() {
    String patch =
        """
        diff --git a/a b/a
        new file mode 100644
        index 000..111
        --- /dev/null
        +++ b/a
        @@ -0,0 +1,3 @@
        +one
        +two, which is longer than what is left of the room
        +three
        """;
    var bytes = new PatchBytes(patch.indexOf("which"));
    bytes.piece(patch.getBytes(StandardCharsets.UTF_8), patch.length());

    Diff diff = PatchReader.read(bytes);

    assertThat(diff.cut()).isTrue();
    assertThat(lines(diff.files().getFirst())).containsExactly("0 1 +one");
  }

  @ParameterizedTest
  @EnumSource
  void ofALongFileTheBeginningIsKeptAndAllIsCounted(Reads reads) throws Exception {
    String before = commit("one");
    file("a", "x\n".repeat(25_000));

    DiffFile file = only(reader(reads).difference(before, committed()));

    assertThat(file.added()).isEqualTo(25_000);
    assertThat(file.lines()).isEqualTo(20_000);
    assertThat(file.leftOut()).isEqualTo(5_000);
    assertThat(file.first(10).lines()).isEqualTo(10);
    assertThat(file.first(10).leftOut()).isEqualTo(24_990);
  }

  @ParameterizedTest
  @EnumSource
  void aCommitThatIsNotThereIsAFailure(Reads reads) throws Exception {
    String there = commit("one");

    assertThatThrownBy(() -> reader(reads).difference(there, "1".repeat(40)))
        .isInstanceOf(GitFailure.GitError.class);
  }
}
