package conductor.handlers.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How git is called, and what its ends mean. */
class GitTest {

  @TempDir private Path temp;

  /** Git with a command {@code x} that is a script; it writes a line to {@code calls} first. */
  private Git git(String script) throws IOException {
    Path file = Files.createTempFile(temp, "x", ".sh");
    Files.writeString(file, "echo called >> calls\n" + script + "\n");
    var host =
        Map.of(
            "PATH",
            ":" + temp + ":" + System.getenv("PATH"),
            "HOME",
            temp.toString(),
            "GIT_DIR",
            "/elsewhere",
            "GIT_TRACE_SETUP",
            "0",
            "LANGUAGE",
            "de",
            "GIT_AUTHOR_NAME",
            "me");
    return Git.in(temp, host).set("alias.x", "!sh " + file);
  }

  private int calls() throws IOException {
    return Files.readAllLines(temp.resolve("calls")).size();
  }

  @Test
  void whatIsPrintedIsRead() throws Exception {
    Git git = git("printf ' one\\ntwo \\n'");

    assertThat(git.must("x")).isEqualTo("one\ntwo");
    assertThat(git.text("x")).isEqualTo(" one\ntwo \n");
    assertThat(git.lines("x")).containsExactly("one", "two");
    assertThat(git("printf 'one\\000two\\000\\000'").items("x")).containsExactly("one", "two");
    assertThat(git("exit 1").is("x")).isFalse();
    assertThat(git("exit 0").is("x")).isTrue();
    assertThat(git("cat").textFed("fed", "x")).isEqualTo("fed");
    assertThat(git.program("echo", "other").out()).isEqualTo("other\n");
    git.must("init", "-q");
    assertThat(git.commonDirectory()).isEqualTo(temp.toRealPath().resolve(".git"));
    assertThat(git.setting("user.name")).isEmpty();
    git.must("config", "user.name", "me");
    assertThat(git.setting("user.name")).contains("me");
    git.asConductor().must("commit", "-q", "--allow-empty", "-m", "one");
    assertThat(git.count("HEAD")).isEqualTo(1);
  }

  @Test
  void gitIsGivenItsSettingsAndTheHostsEnvironmentButNoRepository() throws Exception {
    Git git = git("echo \"$@\"; env").set("a.b", "c").with("MORE", "more");

    List<String> words = git.words("status", "x y");

    assertThat(words)
        .startsWith("git", "-c", "color.ui=false", "-c")
        .contains("filter.lfs.required=false")
        .endsWith("-c", "a.b=c", "status", "x y");
    assertThat(git.lines("x", "1", "2 3"))
        .contains(
            "1 2 3",
            "MORE=more",
            "GIT_AUTHOR_NAME=me",
            "GIT_TERMINAL_PROMPT=0",
            "GIT_EDITOR=true",
            "GIT_SEQUENCE_EDITOR=true",
            "SSH_ASKPASS=false",
            "SSH_ASKPASS_REQUIRE=force",
            "LC_ALL=C.UTF-8")
        .noneMatch(line -> line.matches("(GIT_DIR|GIT_TRACE|LANGUAGE).*"));
    assertThat(git.asConductor().environment())
        .containsEntry("GIT_AUTHOR_NAME", "conductor")
        .containsEntry("GIT_AUTHOR_EMAIL", "conductor@localhost")
        .containsEntry("GIT_COMMITTER_NAME", "conductor")
        .containsEntry("GIT_COMMITTER_EMAIL", "conductor@localhost")
        .containsEntry("MORE", "more");
    assertThat(git.lacksLfs()).isTrue();
    Path lfs = Files.writeString(temp.resolve("git-lfs"), "");
    assertThat(git("").lacksLfs()).isTrue();
    assertThat(lfs.toFile().setExecutable(true)).isTrue();
    assertThat(git("").lacksLfs()).isFalse();
  }

  @Test
  void aCopyDiffersInOneThing() throws Exception {
    Git git = git("pwd").set("a.b", "c");
    Path other = Files.createDirectory(temp.resolve("other"));
    Credentials logins = _ -> Optional.of(new Credentials.Login("me", "pass"));

    assertThat(git.at(other).must("x")).endsWith("/other");
    assertThat(git.at(other).directory()).isEqualTo(other);
    assertThat(git.directory()).isEqualTo(temp);
    assertThat(git.with(logins).credentials()).isSameAs(logins);
    assertThat(git.credentials().of("http://x")).isEmpty();
    assertThat(git.credentials().renewed("http://x", new Credentials.Login("", ""))).isFalse();
    assertThat(git.limit()).isEqualTo(Duration.ofMinutes(10));
    assertThat(git.limited(Duration.ofSeconds(7)).limit()).isEqualTo(Duration.ofSeconds(7));
    assertThat(git.with(logins).limited(Duration.ofSeconds(7)).at(other).words("x"))
        .isEqualTo(git.words("x"))
        .contains("a.b=c")
        .startsWith("git", "-c")
        .endsWith("x");
    assertThat(git.reader()).isEqualTo(new GitProgramReader(git));
    assertThat(Git.line("a b", "c d")).containsExactly("a", "b", "c d");
    assertThat(Git.line("a b", List.of("c d"))).containsExactly("a", "b", "c d");
  }

  @Test
  void anErrorSaysWhatGitSaid() throws Exception {
    assertThatThrownBy(() -> git("echo out; echo ' why ' >&2; exit 1").must("x", "y"))
        .isInstanceOf(GitFailure.GitError.class)
        .hasMessage("'git x y' failed: why");
    assertThatThrownBy(() -> git("echo out; exit 129").must("x")).hasMessage("'git x' failed: out");
    assertThatThrownBy(() -> git("echo x; exit 3").stream((_, _) -> {}, "x"))
        .isInstanceOf(GitFailure.GitError.class);
    assertThatThrownBy(() -> git("echo 'No space left on device' >&2; exit 1").must("x"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void whatIsPrintedIsHandedOn() throws Exception {
    var all = new StringBuilder();

    git("printf 'a lot'").stream(
        (bytes, length) -> all.append(new String(bytes, 0, length, StandardCharsets.UTF_8)), "x");

    assertThat(all).hasToString("a lot");
    assertThatThrownBy(() -> git("kill -9 $$").stream((_, _) -> {}, "x"))
        .isInstanceOf(GitFailure.GitKilled.class);
  }

  @ParameterizedTest
  @CsvSource({"129, false", "130, true", "137, true", "192, true", "193, false", "0, false"})
  void someExitCodesAreSignals(int code, boolean killed) {
    var ended = new Command.Ended(code, "", "");

    assertThat(Git.isKilled(ended)).isEqualTo(killed);
    if (killed) {
      assertThatThrownBy(() -> Git.alive(ended, "commit", "-q"))
          .isInstanceOf(GitFailure.GitKilled.class)
          .hasMessageContaining("'git commit -q' was killed (exit code " + code + ")");
    } else {
      assertThat(Git.alive(ended)).isSameAs(ended);
    }
  }

  @Test
  void aGitThatOnlyLooksIsCalledAgainWhenItWasKilledOnce() throws Exception {
    String once = "test -e killed && { echo done; exit 0; }; touch killed; kill -9 $$";

    assertThat(git(once).must("x", "rev-parse")).isEqualTo("done");
    assertThat(calls()).isEqualTo(2);
    Files.delete(temp.resolve("killed"));
    assertThatThrownBy(() -> git(once).run("x", "commit")).isInstanceOf(GitFailure.GitKilled.class);
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void aGitThatIsKilledEachTimeIsAFailure() {
    assertThatThrownBy(() -> git("kill -9 $$").run("x", "log"))
        .isInstanceOfSatisfying(
            GitFailure.GitKilled.class, killed -> assertThat(killed.code).isEqualTo(137));
  }

  @Test
  void aGitThatDoesNotEndIsAFailure() throws Exception {
    Git slow = git("exec sleep 60").limited(Duration.ofMillis(50));

    assertThatThrownBy(() -> slow.run("x"))
        .isInstanceOf(GitFailure.GitError.class)
        .hasMessageContaining("it did not end within");
    assertThatThrownBy(() -> slow.stream((_, _) -> {}, "x"))
        .isInstanceOf(GitFailure.GitError.class)
        .hasMessageContaining("'git.timeout' in the configuration sets the limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pre-commit", "post-checkout", "commit-msg", "update", "push-to-checkout"})
  void aHookThatStillRunsIsNamed(String hook) {
    var failure =
        Git.overdue(
            Duration.ofMinutes(10),
            List.of("sh -c x", "/bin/sh .git/hooks/" + hook + " a"),
            "push");

    assertThat(failure.reason).startsWith("its hook '" + hook + "' still ran after ");
    assertThat(Git.overdue(Duration.ofMinutes(10), List.of("sh -c x"), "push").reason)
        .startsWith("it did not end within ");
  }
}
