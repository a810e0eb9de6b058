package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.view.Screen;
import conductor.main.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people see and type: narrow terminals, closed pipes, misspelt words, doctor. */
class PeopleAtTheTerminalTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp).agent("echo first; printf 'last words'");
  }

  private void aRun() throws Exception {
    project.flow("yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'impl')").ok();
  }

  @Test
  void aLineFitsItsTerminal() {
    var narrow = new Screen(20, 24);

    assertThat(narrow.cut("12345678901234567890")).isEqualTo("12345678901234567890");
    assertThat(narrow.cut("123456789012345678901")).isEqualTo("1234567890123456789…");
    assertThat(narrow.cut("漢字漢字漢字漢字漢字漢字")).isEqualTo("漢字漢字漢字漢字漢…");
    assertThat(narrow.cut("a\tb\033[2J")).isEqualTo("a b");
    assertThat(new Screen(1, 1)).isEqualTo(new Screen(20, 4));
  }

  @Test
  void aClosedPipeIsNoError() {
    var gone =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var said = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(gone, true, StandardCharsets.UTF_8),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            false,
            false,
            false,
            false);
    var context = new CommandContext(console, project.environment, project.repo, Project.home());

    assertThat(Main.run(context, "template", "list")).isZero();
    assertThat(Main.run(context, "help", "resume")).isZero();
    assertThat(Main.run(context, "help", "effects")).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void logsAreOneDocumentOrALineEachAndLeaveNothingOut() throws Exception {
    aRun();
    String run = project.onlyRun();

    JsonNode all = project.conductor("logs", run, "--json").ok().json();
    assertThat(all.size()).isEqualTo(2);
    assertThat(all.get(1).path("from").asString()).isEqualTo("impl");
    assertThat(all.get(1).path("line").asString()).isEqualTo("last words");
    assertThat(project.conductor("logs", run, "-n", "1").ok().out())
        .isEqualTo("impl  last words\n");
    assertThat(project.conductor("logs", run + ":impl", "-f").ok().out())
        .isEqualTo("first\nlast words\n");
    assertThat(project.conductor("show", run).ok().out()).contains("agent impl  done  last words");
    assertThat(project.conductor("logs", run, "-n", "-1").code()).isEqualTo(Exit.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ps --status runing | did you mean 'running'?",
        "issue list --status opn | did you mean 'open'?",
        "isue list | issue",
        "issue lst | issue list",
        "issue create '' | its title must be one line",
        "env cleanup --older-than -1 | 0 or more",
        "template show basicpr | did you mean 'basic_pr'?",
        "effects RunAgnt | did you mean 'RunAgent'?",
        "show wf-zz | no run is named 'wf-zz'",
        "pr show 9 | there is no pull request 9",
        "issue show ISSUE-9 | there is no issue 'ISSUE-9'",
      })
  void wrongWordsNameTheNearest(String line, String message) {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.replaceAll(word -> word.equals("''") ? "" : word);

    Project.Result result = project.conductor(words.toArray(String[]::new));

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains(message).doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void doctorSaysWhatIsLeftAndWhatIsMissing() throws Exception {
    project.environment.put("GITHUB_TOKEN", "very-secret");
    project.flow("yield CreateWorktree(name: 'w')\nyield Ask('go on?')", "--no-wait");
    project.sh("mkdir state/worktrees/mine state/worktrees/mine/x; rm -rf state/worktrees/*/w-*/");
    project.configure("agent: none\nagnt: x\nagents: {mine: {command: [/no/such]}}\n");

    Project.Result result = project.conductor("doctor");

    assertThat(result.code()).isOne();
    assertThat(result.out())
        .contains(
            "ok git", "ok tokens     GITHUB_TOKEN", "waits for a person", "is gone or was moved")
        .contains("worktrees/mine/x is in the state directory, but nobody's")
        .contains("unknown key 'agnt'; did you mean 'agent'?")
        .contains("!! agent      the agent type 'mine' is not available: its program '/no/such'")
        .contains("!! agent      the agent type 'none' is not available")
        .doesNotContain("very-secret");
    assertThat(project.conductor("doctor", "--json").json().get(0).path("what").asString())
        .isEqualTo("java");
  }

  @Test
  void workflowsBehindALinkNeedTrustToo() throws Exception {
    project.file("shared/evil.groovy", "return 'ran'");
    project.sh(project.repo, "mkdir .conductor; ln -s ../../shared .conductor/workflows");

    assertThat(project.conductor("run", "evil").code()).isEqualTo(Exit.USAGE);

    project.conductor("trust").ok();
    assertThat(project.conductor("run", "evil").ok().out()).isEqualTo("ran\n");
    project.file("shared/evil.groovy", "return 'other'");
    assertThat(project.conductor("run", "evil").err()).contains("changed since it was trusted");
  }

  @Test
  void whoAnswersSecondIsTold() throws Exception {
    Project.Result asked =
        project.flow("return yield Ask('go on?') + (yield Ask('sure?'))", "--no-wait");
    assertThat(asked.code()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();
    project.conductor("answer", run, "1", "yes").ok();
    assertThat(project.conductor("answer", run, "1", "no").err()).contains("answered before");
    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);

    Project.Result late = project.conductor("answer", run, "1", "no");

    assertThat(late.code()).isEqualTo(Exit.USAGE);
    assertThat(late.err()).contains("1 was answered before: yes");
    assertThat(project.conductor("send", run + ":x", "hello").err()).contains("has no agent 'x'");
  }

  /** N-friction 9: times are written the same everywhere. */
  @ParameterizedTest
  @ValueSource(strings = {"7d", "PT7D", "P7D", "168h", "7"})
  void anAgeIsATimeLikeAnyOther(String age) {
    project.conductor("env", "cleanup", "--older-than", age, "--dry-run").ok();
    assertThat(project.conductor("env", "cleanup", "--older-than", "x" + age).err())
        .contains("--older-than must be a time such as 90s, 10m or 7d");
  }

  /** N-friction 9: a command that came back with exit code 1 gets no green tick. */
  @Test
  void anExitCodeIsNoSuccess() throws Exception {
    Project.Result ran = project.flow("yield Exec('exit 1')\nyield Exec('true')");

    assertThat(ran.ok().err()).containsPattern("! 1 +Exec").containsPattern("✓ 2 +Exec");
    assertThat(project.conductor("show", project.onlyRun()).out()).contains("! 1 Exec", "✓ 2 Exec");
  }

  /** N-friction 4: runs and pull requests of one repository. */
  @Test
  void listsCanBeOfOneRepository() throws Exception {
    project
        .flow(
            "def e = yield CreateWorktree()\nyield WriteFile(e, 'a', 'b')\nyield CreatePR(e, 'T')")
        .ok();
    String run = project.onlyRun();
    project.sh("git clone -q origin.git other 2>/dev/null; mkdir other/below repo/below");
    project.conductorIn(temp.resolve("repo/below"), "run", temp.resolve("flow.groovy").toString());

    assertThat(project.conductor("ps", "--repo", "below").ok().out()).contains(run).hasLineCount(2);
    assertThat(project.conductor("ps", "--repo", "../other/below").ok().out()).isEmpty();
    assertThat(project.conductor("pr", "list", "--repo", ".").ok().out()).hasLineCount(2);
    assertThat(project.conductor("pr", "list", "--repo", "../other").ok().out()).isEmpty();
    assertThat(project.conductor("ps", "--repo", temp.toString()).code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductor("ps", "--repo", "none").err()).contains("must be a directory");
  }
}
