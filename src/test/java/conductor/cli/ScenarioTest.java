package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code conductor test}: scenarios of workflows in simulated worlds. */
class ScenarioTest {

  @TempDir private Path root;
  private Project project;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws Exception {
    project = Project.withoutRepository(root);
    directory = Files.createDirectory(root.resolve("flows"));
  }

  private Project.Result tested(String workflow, String scenarios, String... more)
      throws Exception {
    Files.writeString(directory.resolve("flow.groovy"), workflow);
    Files.writeString(directory.resolve("flow_test.groovy"), scenarios);
    var words = new ArrayList<>(List.of("test"));
    words.addAll(List.of(more));
    return project.conductorIn(directory, words.toArray(String[]::new));
  }

  private void passes(String workflow, String scenario) throws Exception {
    Project.Result result =
        tested(workflow, "scenario('it') {\n%s\nrun 'flow'\n}\n".formatted(scenario));
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("1 scenario: 1 passed, 0 failed");
  }

  @Test
  void theTemplatesKeepTheirScenarios() throws Exception {
    Project.Result result =
        project.conductorIn(directory, "test", Project.home().resolve("workflows").toString());

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("basic_pr_test", "enforced_pr_test", "reviewed_pr_test", "multi_agent_test")
        .contains("ci_fix_test", " 0 failed");
    assertThat(project.conductor("template", "list").out()).doesNotContain("_test");
  }

  @Test
  void whatDoesNotHoldIsShownWithItsValuesAndWhatHappened() throws Exception {
    Project.Result result =
        tested(
            "def r = yield Exec('make')\nreturn r.exitCode + 1",
            """
            scenario('adds one') {
              command('make') { exit 4 }
              run 'flow'
              expect {
                def wanted = 6
                result == wanted
              }
            }
            """);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out().lines().map(String::strip))
        .containsSequence(
            "flow_test.groovy:6: result == wanted", "|      |  |", "5      |  6", "false")
        .containsSequence("what happened:", "1 Exec  make  flow.groovy:1")
        .contains("1 scenario: 0 passed, 1 failed");
  }

  /** What is printed for an effect without a rule can be pasted into the scenario. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Exec('make it')",
        "Ask('Go on?')",
        "Ask('Which?', options: ['a', 'b'])",
        "RunAgent(env: (yield CreateWorktree(name: 'x')), prompt: 'p', name: 'impl')",
        "RunAgent(env: (yield CreateWorktree(name: 'x')), prompt: 'p')"
      })
  void anEffectWithoutARuleSaysWhichToWrite(String effect) throws Exception {
    String scenario = "scenario('it') {\n%s\nrun 'flow'\n}\n";
    Project.Result result = tested("yield " + effect, scenario.formatted(""));

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    List<String> lines = result.out().lines().map(String::strip).toList();
    int at =
        lines.indexOf(
            lines.stream().filter(line -> line.contains("there is no rule for")).findFirst().get());
    assertThat(tested("yield " + effect, scenario.formatted(lines.get(at + 1))).out())
        .contains("1 passed");
  }

  @Test
  void aRuleThatMeetsNothingFailsItsScenario() throws Exception {
    Project.Result result =
        tested(
            "yield Exec('make')",
            "scenario('it') {\n  command('make') { }\n  command('mkae') { exit 1 }\n  run 'flow'\n}");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out())
        .contains("flow_test.groovy:3: the rule for command {command=mkae} met nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "scenario('a') { run 'flow' }; scenario('a') { run 'flow' }|there is a scenario 'a' already",
        "scenario('a') { agent { } }|it runs no workflow; add run 'NAME'",
        "scenario('a') { run 'flow'; run 'flow' }|it runs 'flow' already",
        "scenario('a') { comand('x') { } }|a scenario has no word 'comand'",
        "scenario('a') { agent(nmae: 'x') { } }|a rule for agent has no 'nmae' - did you mean 'name'?",
        "scenario('a') { agent(nth: 0) { } }|'nth' of a rule for agent must be a number from 1",
        "scenario('a') { issue body: 'x' }|an issue needs a title",
        "scenario('a') { pull title: 'x' }|a pull request has a branch",
        "scenario('a') { run 'flow'|Unexpected input"
      })
  void aFileThatMakesNoSenseIsRefusedWithItsPlace(String text, String message) throws Exception {
    Project.Result result = tested("return 1", text);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("flow_test.groovy:1:", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{ throw new IllegalStateException('oh') }|the rule in line 2 failed at 1: oh",
        "{ assert it == 'nothing' }|the rule in line 2 failed at 1: assert it == 'nothing'",
        "{ write '../x', 'y' }|'../x' leads out of the worktree",
        "{ read 'none.txt' }|there is no file 'none.txt' to read",
        "{ fail 'ExecFaild' }|there is no failure 'ExecFaild' - did you mean 'ExecFailed'?"
      })
  void aRuleThatFailsFailsItsScenario(String rule, String message) throws Exception {
    Project.Result result =
        tested(
            "yield Exec('make')",
            "scenario('it') {\ncommand('make') %s\nrun 'flow'\n}".formatted(rule));

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out()).contains(message);
  }

  @Test
  void aWeekPassesAtOnceAndReplyOrderFollowsTheTime() throws Exception {
    passes(
        """
        yield Sleep('7d')
        def won = yield Race(
          slow: Exec('slow'),
          quick: { yield Sleep('10m'); 'quick' })
        def at = yield Now()
        return [won, at.toString()]
        """,
        """
        command('slow') { take '1h' }
        expect {
          result == ['quick', '2026-01-12T09:10:00Z']
          time == Duration.ofDays(7).plusMinutes(10)
        }
        """);
  }

  @Test
  void limitsOfTimeEndWhatHangs() throws Exception {
    passes(
        """
        def env = yield CreateWorktree(name: 'x')
        def failures = []
        try { yield RunAgent(env: env, prompt: 'p', timeout: '1h') } catch (AgentTimeout e) { failures << 'agent' }
        try { yield Exec('sleep', timeout: '2m') } catch (ExecTimeout e) { failures << 'command' }
        try { yield Ask('Now?', timeout: '1d') } catch (GateTimeout e) { failures << 'person' }
        failures << (yield Ask('Later?', timeout: '1d', default: 'no'))
        return failures
        """,
        """
        agent { hang() }
        command('sleep') { take '3m' }
        person { hang() }
        expect {
          result == ['agent', 'command', 'person', 'no']
          time == Duration.ofDays(2).plusMinutes(62)
          questions*.answer == [null, null]
        }
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "yield Exec('make')|command { hang() }|nothing will ever come of what it waits for",
        "while (true) { yield Sleep('30d') }||it is not over after 366 days",
        "while (true) { yield Status('again') }||it asked for 10000 effects and goes on"
      })
  void aWorkflowThatNeverEndsIsEnded(String workflow, String rule, String message)
      throws Exception {
    Project.Result result =
        tested(workflow, "scenario('it') {\n%s\nrun 'flow'\n}".formatted(rule == null ? "" : rule));

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out()).contains(message);
  }

  @Test
  void partsAreReadInBothSpellingsOfAllAtOnceAndRepliedOfAnyEffect() throws Exception {
    passes(
        "yield Exec('a')\nyield Exec('b')\nreturn (yield Exec('c')).output",
        """
        command('a') { exit 0 }
        command('b') { exit 3 }
        effect(nth: 3, 'Exec') { reply output: 'said' }
        expect {
          commands*.exit_code == [0, 3]
          commands*.exitCode == [0, 3]
          result == 'said'
        }
        """);
  }

  @Test
  void anAgentBesideTheScriptTakesItsTime() throws Exception {
    passes(
        """
        def env = yield CreateWorktree(name: 'x')
        def a = yield SpawnAgent(env: env, prompt: 'begin', name: 'helper')
        yield Sleep('1m')
        def before = yield WaitForStatus(a, ['RUNNING', 'DONE'])
        def end = yield WaitForStatus(a, 'DONE')
        def answer = yield SendMessage(a, 'more', output_format: [type: 'integer'])
        return [before.name(), end.name(), yield(ReadFile(env, 'a.txt')), answer]
        """,
        """
        agent(name: 'helper', prompt: 'begin') { write 'a.txt', 'x'; take '5m' }
        agent(name: 'helper', prompt: 'more') { take '1m'; reply 7 }
        expect {
          result == ['RUNNING', 'DONE', 'x', 7]
          time == Duration.ofMinutes(6)
          agents*.prompt == ['begin', 'more']
        }
        """);
  }

  @Test
  void gitIsSimulatedWithItsFailures() throws Exception {
    passes(
        """
        def (a, b) = yield Gather([CreateWorktree(name: 'a'), CreateWorktree(name: 'b')])
        def seen = []
        try { yield Commit(a, 'nothing') } catch (NothingToCommit e) { seen << 'nothing' }
        yield WriteFile(a, 'f.txt', 'from a')
        yield WriteFile(b, 'f.txt', 'from b')
        yield Commit(a, 'A')
        yield Commit(b, 'B')
        try { yield MergeBranches([a, b]) } catch (MergeConflict e) { seen << e.files }
        try { yield DeleteWorktree(a) } catch (UnmergedWork e) { seen << 'unmerged' }
        yield Push(a, branch: 'shared')
        try { yield Push(b, branch: 'shared') } catch (PushRejected e) { seen << e.branch }
        yield DeleteWorktree(a)
        def pr = yield CreatePR(env: b, title: 'B')
        yield MergePR(pr)
        try { yield MergePR((yield ClosePR(yield(CreatePR(env: b, title: 'again'))))) } catch (NothingToPropose e) { seen << 'same' }
        return seen
        """,
        """
        file 'f.txt', 'old'
        expect {
          result == ['nothing', ['f.txt'], 'unmerged', 'shared', 'same']
          branches.main['f.txt'] == 'from b'
          branches.shared['f.txt'] == 'from a'
          pulls*.status == ['merged']
          worktrees*.deleted == [true, false]
        }
        """);
  }

  @Test
  void childWorkflowsShareTheWorld() throws Exception {
    Files.writeString(
        directory.resolve("child.groovy"),
        "@Param('what') String what\nyield Sleep('2h')\nreturn (yield Exec(what)).output");
    passes(
        "return yield RunWorkflow('child', [what: 'make'])",
        """
        command('make') { exit 0, 'made' }
        expect {
          result == 'made'
          time == Duration.ofHours(2)
        }
        """);
  }

  @Test
  void resultsAreReadByPrograms() throws Exception {
    String scenarios =
        """
        scenario('good <one>') { run 'flow' }
        scenario('bad one') { run 'flow'; expect { result == 2 } }
        """;
    JsonNode all = tested("return 1", scenarios, "--json", "--junit", "out.xml").json();

    assertThat(all.path("passed").asInt()).isOne();
    assertThat(all.path("failed").asInt()).isOne();
    assertThat(all.path("scenarios").get(1).path("problems").get(0).asString())
        .startsWith("flow_test.groovy:2: ");
    assertThat(Files.readString(directory.resolve("out.xml")))
        .contains("tests=\"2\" failures=\"1\"", "name=\"good &lt;one&gt;\"", "<failure message=");
    assertThat(tested("return 1", scenarios, "--filter", "good").code()).isZero();
    Project.Result none = tested("return 1", scenarios, "--filter", "ugly");
    assertThat(none.code()).isEqualTo(Exit.USAGE);
    assertThat(none.err()).contains("no scenario has 'ugly' in its name");
  }

  @Test
  void aDirectoryWithoutScenariosSaysSo() throws Exception {
    Project.Result none = project.conductorIn(directory, "test");

    assertThat(none.code()).isEqualTo(Exit.USAGE);
    assertThat(none.err()).contains("there is no *_test.groovy in " + directory);
    assertThat(project.conductorIn(directory, "test", "gone").err()).contains("gone");
  }
}
