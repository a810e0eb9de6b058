package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A plan performs nothing, and says what a run would do and whether it could. */
class PlanTest {

  private static final List<String> ISSUE = List.of("--issue", "issue.md");

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.file("repo/issue.md", "# Add a greeting\n\nPlease add it.\n");
  }

  private Project.Result plan(String text, String... more) throws Exception {
    Path flow = project.file("flow.groovy", text);
    return project.conductor(
        Stream.concat(Stream.of("plan", flow.toString()), Stream.of(more)).toArray(String[]::new));
  }

  private List<Path> state() throws IOException {
    if (!Files.exists(project.state.root())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(project.state.root())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aTemplatesPlanShowsEffectsWithLinesAndPerformsNothing() throws Exception {
    Project.Result plan =
        project.conductor(
            "plan", "enforced_pr", "--issue", "issue.md", "--param", "test_command=false");

    assertThat(plan.ok().out().lines())
        .contains(
            "plan of enforced_pr: nothing was performed",
            "  ok repository: " + project.repo,
            "  ok agent: mine (default)",
            "  ok forge: ready",
            "a run could work")
        .anyMatch(line -> line.matches("  1 CreateWorktree .* enforced_pr.groovy:\\d+"))
        .anyMatch(line -> line.matches("  [36] Exec .*false.* FixLoop.groovy:\\d+ in once"))
        .anyMatch(line -> line.contains("the default agent in conductor/"))
        .anyMatch(line -> line.matches("  FixLoop.groovy:\\d+  RunAgent"))
        .anyMatch(line -> line.contains("for the pull request 'Add a greeting'"));
    assertThat(state()).isEmpty();
    assertThat(project.ledger()).isEmpty();
    assertThat(project.sh(project.repo, "git worktree list | wc -l; git branch | wc -l"))
        .isEqualTo("1\n1");
  }

  @Test
  void theKeysOfAPlanInJsonHaveOneOrder() throws Exception {
    JsonNode json = plan("yield Now()", "--json").ok().json();

    assertThat(json.propertyNames())
        .containsExactly(
            "v",
            "workflow",
            "works",
            "outcome",
            "message",
            "effects",
            "worktrees",
            "agents",
            "people",
            "pushes",
            "turns",
            "checks",
            "unforeseen");
    assertThat(json.path("effects").path(0).propertyNames())
        .containsExactly("position", "effect", "summary", "calls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic_pr", "enforced_pr", "reviewed_pr", "multi_agent"})
  void everyTemplateCanBePlanned(String template) throws Exception {
    Project.Result plan =
        template.equals("enforced_pr")
            ? project.conductor(
                "plan", template, "--issue", "issue.md", "--param", "test_command=x")
            : project.conductor("plan", template, ISSUE.get(0), ISSUE.get(1));

    assertThat(plan.ok().out()).endsWith("a run could work\n");
  }

  @ParameterizedTest
  @CsvSource({
    "basic_pr,    '1  a new worktree from v1, on the branch fix/greeting'",
    "enforced_pr, '1  a new worktree from v1, on the branch fix/greeting'",
    "reviewed_pr, '1  a new worktree from v1, on the branch fix/greeting'",
    "multi_agent, '1.0.1  a new worktree from v1, impl'"
  })
  void everyTemplateTakesABaseABranchAndATarget(String template, String first) throws Exception {
    project.sh(project.repo, "git tag v1");
    var words =
        new ArrayList<>(List.of("plan", template, "--issue", "issue.md", "--base", "v1", "--json"));
    words.addAll(List.of("--branch", "fix/greeting", "--target", "stable"));
    if (template.equals("enforced_pr")) {
      words.addAll(List.of("--param", "test_command=x"));
    }

    JsonNode plan = project.conductor(words.toArray(String[]::new)).ok().json();

    assertThat(plan.path("worktrees").get(0).asString()).isEqualTo(first);
    assertThat(plan.path("worktrees").valueStream().map(JsonNode::asString))
        .filteredOn(line -> line.contains("on the branch fix/greeting"))
        .hasSize(1);
    assertThat(plan.path("pushes").get(0).asString())
        .endsWith("fix/greeting, for the pull request 'Add a greeting' into stable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--base v1 | --base is short for --param base=..., but the workflow has no parameter 'base' - did you mean 'bare'?; it has bare?",
        "--branch b --param bare=x | --branch is short for --param branch=..., but the workflow has no parameter 'branch'",
        "--base v1 --param base=v1 | --base and the parameter 'base' are the same, and both are given",
        "--target t --params {\"target\":null} | --target and the parameter 'target' are the same, and both",
        "--base= | --base needs a name, found ''",
        "--param bore=x | the workflow has no parameter 'bore' - did you mean 'bare'?",
      })
  void anOptionForAParameterThatIsNotThereIsNamed(String given, String message) throws Exception {
    Path flow = project.file("flow.groovy", "@Param('b') String bare = null\nreturn bare");
    for (String command : List.of("plan", "run")) {
      var words = new ArrayList<>(List.of(command, flow.toString()));
      words.addAll(List.of(given.split(" ", -1)));

      Project.Result refused = project.conductor(words.toArray(String[]::new));

      assertThat(refused.code()).as(command).isEqualTo(Exit.USAGE);
      assertThat(refused.err()).startsWith(message);
    }
    assertThat(project.conductor("ps").out()).isEmpty();
  }

  @Test
  void stubsLeadTheWorkflowElsewhere() throws Exception {
    Path stubs =
        project.file(
            "stubs.yaml",
            """
            Exec: [{exit_code: 1, passed: false, output: boom}, {exit_code: 0}]
            RunAgent fix-1: repaired
            "1": null
            """);
    String text =
        """
        yield Get('x')
        def first = yield Exec('make')
        def env = yield CreateWorktree()
        if (!first.passed) { yield RunAgent(env: env, prompt: first.output, name: 'fix-1') }
        def second = yield Exec('make')
        return [first.exit_code, second.passed]
        """;

    assertThat(plan(text, "--stubs", stubs.toString()).ok().out()).contains("RunAgent  ", "boom");
    assertThat(plan(text).ok().out())
        .contains("not come to with these answers:\n  flow.groovy:4  RunAgent");
    Path bad = project.file("bad.yaml", "Exek: 1");
    Project.Result refused = plan(text, "--stubs", bad.toString());
    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("there is no effect 'Exek' - did you mean 'Exec'?");
  }

  @Test
  void aStubMayFailAndTheFailureIsNoReasonNotToRun() throws Exception {
    Path stubs = project.file("stubs.yaml", "Exec: {fail: no such machine}");

    Project.Result plan = plan("yield Exec('make')", "--stubs", stubs.toString());

    assertThat(plan.ok().out()).contains("ends as error:", "no such machine", "a run could work");
  }

  @Test
  void aScriptWithoutEndIsEnded() throws Exception {
    Project.Result effects = plan("while (true) { yield Get('x') }", "--steps", "50", "--json");

    assertThat(effects.ok().json().path("outcome").asString()).isEqualTo("endless");
    assertThat(effects.json().path("effects").size()).isBetween(50, 60);
    assertThat(effects.json().path("message").asString()).contains("asked for 50 effects");

    // In a process of its own: the loop goes on for as long as that lives.
    Path flow = project.file("flow.groovy", "def n = 0\nwhile (true) { n++ }");
    assertThat(project.processIn(project.repo, "plan", flow.toString()).ok().out())
        .contains("ends as endless: it runs without asking for an effect: flow.groovy:2")
        .contains("a run may never end") // S20
        .doesNotContain("could work");
  }

  @Test
  void whatAWorkflowRunsIsPlannedBelowIt() throws Exception {
    project.file(
        "repo/child.groovy",
        """
        @Param('what') String word
        def env = yield CreateWorktree(name: word)
        yield Push(env)
        if (word == 'never') { yield Ask('really?') }
        return word.toUpperCase()
        """);
    project.file("repo/again.groovy", "yield RunWorkflow('again.groovy')");
    String text =
        "def said = yield RunWorkflow('child.groovy', [word: 'x'])\nassert said == 'X'\nyield RunWorkflow('again.groovy')";

    Project.Result plan = plan(text);

    assertThat(plan.ok().out())
        .contains("  1 RunWorkflow  ", "    1/1 CreateWorktree  x", "    1/2 Push  ")
        .contains(
            "worktrees:\n  1/1  a new worktree",
            "would leave this machine:\n  1/2  conductor/x-RUN")
        .contains("child.groovy:4  Ask", "            2/1/1/1/1/1 RunWorkflow")
        .doesNotContain("2/1/1/1/1/1/1", "ends as");
    Project.Result missing = plan("yield RunWorkflow('child.groovy', [wrd: 'x'])");
    assertThat(missing.code()).isEqualTo(Exit.USAGE);
    assertThat(missing.out()).contains("!! workflow: the workflow 'child.groovy' cannot be run");
    project.file("repo/broken.groovy", "def env = yield CreateWorktree()\nreturn env.branch.pth");
    assertThat(plan("yield RunWorkflow('broken.groovy')").out()).contains("a run could not work");
    Path stubs = project.file("stubs.yaml", "RunWorkflow: Y");
    Project.Result stubbed =
        plan("assert 'Y' == yield(RunWorkflow('child.groovy'))", "--stubs", stubs.toString());
    assertThat(stubbed.ok().out()).doesNotContain("1/1");
  }

  @Test
  void theStubsOfTheGuideLeadWhereItSays() throws Exception {
    String page = Files.readString(Project.home().resolve("docs/testing.md"));
    Matcher block = Pattern.compile("(?s)```yaml\\n(.*?)```").matcher(page);
    assertThat(block.find()).isTrue();
    Path stubs = project.file("answers.yaml", block.group(1));

    Project.Result plan =
        plan(
            """
            def env = yield CreateWorktree()
            def first = yield Exec('make')
            def second = yield Exec('make')
            def placed = yield Gather(impl: { yield RunAgent(env: env, prompt: 'p', name: 'fix-1') })
            def named = yield RunAgent(env: env, prompt: 'p', name: 'fix-1')
            def other = yield RunAgent(env: env, prompt: 'p')
            def third = yield Exec('make')
            assert [first.exit_code, first.passed, first.output] == [1, false, 'boom']
            assert [second.exit_code, second.passed, third.exit_code] == [0, true, 0]
            assert [placed.impl, named] == ['text', 'repaired']
            assert other == [approved: false, objections: ['no tests']]
            yield Ask('go?')
            """,
            "--stubs",
            stubs.toString());

    assertThat(plan.ok().out())
        .contains("ends as error:", "could not be performed: nobody is there");
    assertThat(block.find()).as("another block of yaml, which no test reads").isFalse();
  }

  @Test
  void itSaysWhatIsMissing() throws Exception {
    project.configure("{}");
    JsonNode json =
        plan(
                """
                def env = yield CreateWorktree(base_branch: 'nowhere')
                yield RunAgent('ghost', env, 'work')
                yield Push(env)
                """,
                "--json")
            .json();

    assertThat(json.path("works").asBoolean()).isFalse();
    assertThat(json.path("checks").valueStream().filter(check -> !check.path("ok").asBoolean()))
        .extracting(check -> check.path("what").asString())
        .containsExactly("branch", "agent");
    assertThat(plan("return total", "--json").code()).isEqualTo(Exit.USAGE);
    assertThat(project.conductorIn(temp, "plan", "basic_pr", "--issue", "repo/issue.md").code())
        .isEqualTo(Exit.USAGE);
  }

  @Test
  void aScriptThatBreaksWhateverTheAnswersCouldNotWork() throws Exception {
    Project.Result plan = plan("def env = yield CreateWorktree()\nreturn env.branch.pth");

    assertThat(plan.code()).isEqualTo(Exit.USAGE);
    assertThat(plan.out()).contains("ends as error: flow.groovy:2", "a run could not work");
  }

  @Test
  void peoplePushesAndStructuredAnswersAreForeseen() throws Exception {
    JsonNode json =
        plan(
                """
                def env = yield CreateWorktree(name: 'x')
                def verdict = yield RunAgent(env: env, prompt: 'p', output_format: [type: 'object',
                    properties: [risk: [enum: ['low', 'high']], ok: [type: 'boolean'], why: [type: 'array']]])
                assert verdict == [risk: 'low', ok: true, why: []]
                handling(Push: { effect, perform -> yield Ask('push?', options: ['no', 'yes']); perform(effect) }) {
                  yield Gather(a: Push(env), b: { yield Push(env) })
                }
                """,
                "--json")
            .ok()
            .json();

    assertThat(json.path("people").valueStream().map(JsonNode::asString))
        .containsExactly("3.a.1.handler.1  push? (no, yes)", "3.b.1.handler.1  push? (no, yes)");
    assertThat(json.path("pushes").size()).isEqualTo(2);
    assertThat(json.path("unforeseen").size()).isZero();
  }
}
