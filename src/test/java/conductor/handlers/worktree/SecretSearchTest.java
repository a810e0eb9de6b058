package conductor.handlers.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in what commits add, wherever they stand. */
class SecretSearchTest {

  private static final String SECRET = "x1-8characters";

  @TempDir private Path temp;
  private Git git;

  @BeforeEach
  void makesARepository() throws Exception {
    git =
        Git.in(temp, Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString())).asConductor();
    git.must("init", "-q", "-b", "main");
    commit("README", "hello\n", "first");
    git.must("branch", "base");
  }

  private String commit(String file, String content, String message) throws Exception {
    Path path = temp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    git.must("add", "--", file);
    git.textFed(message, "commit", "-q", "--cleanup=verbatim", "--file=-");
    return git.must("rev-parse", "--short=10", "HEAD");
  }

  private void search(Redactor redactor) throws InterruptedException {
    SecretSearch.refuse(git, redactor, List.of("base..HEAD"));
  }

  private static Redactor known(String... values) {
    Redactor redactor = Redactor.none();
    for (int i = 0; i < values.length; i++) {
      redactor = redactor.with("S" + i, values[i]);
    }
    return redactor;
  }

  private void isFound(String where, String... values) {
    assertThatThrownBy(() -> search(known(values)))
        .isInstanceOfSatisfying(
            GitFailure.SecretInCommits.class,
            found -> {
              assertThat(found.where).containsExactly(where);
              assertThat(found.secrets).containsExactly("S0");
            });
  }

  private void isNotFound(String... values) throws InterruptedException {
    search(known(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n", "%s", "a\nb%sc\nd\n", "++ %s\n", "\0\n%s\0", "@@ -1 +1 @@\n%s"})
  void aSecretInAFileIsFoundThoughALaterCommitDeletesIt(String content) throws Exception {
    String at = commit("dir/a b.txt", content.formatted(SECRET), "second");
    commit("dir/a b.txt", "nothing", "third");

    isFound("dir/a b.txt in " + at, SECRET);
  }

  @Test
  void aSecretInAMessageIsFound() throws Exception {
    String at = commit("a", "a", "subject\n\nthe body has " + SECRET + " in it\n");

    isFound("the message of " + at, SECRET, "nothing");
  }

  @Test
  void aSecretThatBeginsOrEndsAMessageIsFound() throws Exception {
    String first = commit("a", "a", SECRET);
    isFound("the message of " + first, SECRET);
    git.must("reset", "-q", "--hard", "base");
    String last = commit("a", "a", "subject\n\n" + SECRET);
    isFound("the message of " + last, SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x1-8characters",
        "dir/x1-8characters.txt",
        "ü/x1-8characters",
        "x1-8characters b"
      })
  void aSecretInAFilesNameIsFound(String file) throws Exception {
    String at = commit(file, "a", "second");

    isFound(file + " in " + at, SECRET);
  }

  @Test
  void whatWasThereBeforeOrIsDeletedIsNotFound() throws Exception {
    commit("a", SECRET + "\n", SECRET);
    git.must("branch", "-f", "base");
    isNotFound(SECRET);
    commit("a", "changed\n", "deletes it");
    commit("b", "-" + SECRET.substring(1) + "\n", "is like it");

    isNotFound(SECRET);
    isFound("b in " + git.must("rev-parse", "--short=10", "HEAD"), "-" + SECRET.substring(1));
  }

  @Test
  void aSecretOfSeveralLinesIsFound() throws Exception {
    String at = commit("key", "begin\none-1\ntwo-2\nthree\n", "with\nlines-1\nlines-2\n");

    isFound("key in " + at, "one-1\ntwo-2\nthr");
    isFound("the message of " + at, "with\nlines-1\nlines-2");
    isNotFound("begin\ntwo-2", "lines-2\nbegin", "key\nbegin", "keybegin", "three\n\n");
  }

  @Test
  void partsOfASecretInDifferentFilesOrPlacesAreNone() throws Exception {
    commit("a", "1\n2\n3\n4\n5\n6\n", "base");
    git.must("branch", "-f", "base");
    commit("a", "1\none-1\n2\n3\n4\n5\ntwo-2\n6\n", "second");
    commit("b", "three-3\n", "third");
    commit("c", "four-4\n", "four");

    isNotFound(
        "one-1\ntwo-2", "two-2\nthree-3", "three-3\nfour-4", "two-2b", "third\nb", "third\n\nb");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1 << 16, (1 << 20) - 70_000, (1 << 20) - 7, 1 << 20, (1 << 20) + 65_530, 3 << 20})
  void aSecretInALongLineIsFoundWhereverPartsOfTheLineMeet(int before) throws Exception {
    String at = commit("long", "a".repeat(before) + SECRET + "b".repeat(2 << 20), "second");

    isFound("long in " + at, SECRET);
  }

  @Test
  void allThatAreFoundAreNamed() throws Exception {
    String one = commit("a", "1 " + SECRET + "\n2 other-1\n", "second");
    String two = commit("b", SECRET, "third");

    assertThatThrownBy(() -> search(known("other-1", SECRET, "nothing")))
        .isInstanceOfSatisfying(
            GitFailure.SecretInCommits.class,
            found -> {
              assertThat(found.secrets).containsExactly("S0", "S1");
              assertThat(found.where).containsExactly("b in " + two, "a in " + one);
            });
  }

  @Test
  void nothingIsSearchedWhereNoSecretIsKnown() throws Exception {
    SecretSearch.refuse(git, Redactor.none(), List.of("nowhere..HEAD"));
    assertThatThrownBy(() -> SecretSearch.refuse(git, known(SECRET), List.of("nowhere..HEAD")))
        .isInstanceOf(GitFailure.GitError.class);
  }

  @Test
  void aSettingHidesNoFirstCommit() throws Exception {
    git.must("config", "log.showRoot", "false");
    git.must("checkout", "-q", "--orphan", "other");
    String at = commit("a", SECRET, "first too");

    isFound("a in " + at, SECRET);
  }
}
