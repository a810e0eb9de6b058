package conductor.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.CommandContext;
import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Project;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} says of the repository that it is run in. */
class RepositoryCheckTest {

  private static final Pattern OURS =
      Pattern.compile(".. (repository|identity|remote|branches) .*");

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** The lines on the repository, each with its mark. */
  private List<String> doctor() {
    return project
        .conductor("doctor")
        .out()
        .lines()
        .filter(line -> OURS.matcher(line).matches())
        .toList();
  }

  @Test
  void aRepositoryInWhichAllIsWellIsTold() {
    assertThat(doctor())
        .containsExactly(
            "ok repository " + project.repo,
            "ok identity   Tester <tester@example.com>",
            "ok remote     origin, its default branch is main");
  }

  @Test
  void outsideOfARepositoryItSaysSoWithoutFailing() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));

    Project.Result result = project.conductorIn(elsewhere, "doctor");

    assertThat(result.out()).contains("-- repository " + elsewhere + " is in no git repository");
    assertThat(result.out()).doesNotContain("identity", "remote ");
    assertThat(result.code()).isEqualTo(result.out().contains("!! ") ? Exit.FAILED : Exit.OK);
  }

  @Test
  void aRepositoryOfSomebodyElseIsToldWithGitsRemedy() {
    project.environment.put("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");

    assertThat(doctor())
        .singleElement()
        .asString()
        .startsWith("!! repository detected dubious ownership in repository at")
        .endsWith("git config --global --add safe.directory " + project.repo);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo '[' > .git/config | !! repository bad config line 1 in file .git/config",
        "rm -rf .git; echo 'gitdir: /nowhere' > .git | !! repository not a git repository: /nowhere",
        "rm -rf .git; git init -q | without a commit; make a first one",
        "rm -rf .git; git init -q --bare . | is a bare repository",
        "git config user.useConfigOnly true; git config --global --unset user.email | !! identity   no email was given and auto-detection is disabled; set user.name and user.email",
        "git remote remove origin | ok remote     there is none: worktrees start from the current branch",
        "git remote rename origin a; git remote add b ../b | -- remote     none of a, b is called origin",
        "git remote set-url origin ../gone.git | !! remote     origin cannot be read: '../gone.git' does not appear to be a git repository",
        "git init -q --bare ../empty.git; git remote set-url origin ../empty.git | -- remote     origin has no default branch",
        "git branch conductor | !! branches   the branch 'conductor' is in the way of branches such as 'conductor/...'",
      })
  void whatIsWrongIsToldWithItsReason(String before, String told) throws Exception {
    project.sh(project.repo, before);

    assertThat(String.join("\n", doctor())).contains(told);
  }

  /** What a check with a prefix finds, where a remote has a second to answer. */
  private List<String> found(String prefix) throws Exception {
    var stream = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, false, false, false);
    var context = new CommandContext(console, project.environment, project.repo, Project.home());
    return new RepositoryCheck(context, prefix, Duration.ofSeconds(1))
        .all().stream().map(CheckResult::detail).toList();
  }

  @Test
  void aBranchInTheWayOfAPrefixOfOnesOwnIsFound() throws Exception {
    project.sh(project.repo, "git branch conductor; git branch team");

    assertThat(found("team/bots/").getLast())
        .startsWith("the branch 'team' is in the way of branches such as 'team/bots/...'");
    assertThat(found("other")).noneMatch(detail -> detail.contains("in the way"));
  }

  @Test
  void aRemoteThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
    project.sh(project.repo, "git remote set-url origin ssh://me:secret@there/it");
    project.environment.put("GIT_SSH_COMMAND", "sleep 60; :");

    assertThat(found("conductor")).contains("origin did not answer within 1 s");
  }

  @Test
  void aPasswordInAnAddressIsNotShown() throws Exception {
    project.sh(project.repo, "git remote set-url origin ssh://me:secret@there/it");
    project.environment.put(
        "GIT_SSH_COMMAND", "echo \"no way to ssh://me:secret@there\" >&2; false");

    assertThat(project.conductor("doctor").out())
        .contains("!! remote     origin cannot be read: ", "ssh://***@there")
        .doesNotContain("secret");
  }
}
