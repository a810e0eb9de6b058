package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan says what a run would, whatever answers it is given. */
class HonestPlanTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Project.Result plan(String text, String... more) throws Exception {
    Path flow = project.file("flow.groovy", text);
    return project.conductor(
        Stream.concat(Stream.of("plan", flow.toString()), Stream.of(more)).toArray(String[]::new));
  }

  /** P10. */
  @Test
  void aProfileThatIsNotThereIsSaid() throws Exception {
    project.configure(
        """
        agent: mine
        agents: {mine: {command: ["sh", "-c", "echo hi"]}, dear: {command: ["sh", "-c", "echo hi"]}}
        profiles: {reviewer: {agent: dear, model: big}}
        """);
    String text =
        """
        def env = yield CreateWorktree(name: 'x')
        yield RunAgent(env: env, prompt: 'p')
        def helper = yield SpawnAgent(env: env, prompt: 'p', profile: 'reviewer', name: 'h')
        yield SendMessage(helper, 'more')
        yield RunAgent(env: env, prompt: 'p', profile: '%s')
        """;

    Project.Result right = plan(text.formatted("reviewer"));
    Project.Result wrong = plan(text.formatted("reviwer"));

    assertThat(right.ok().out())
        .contains("  ok agent: mine (default)\n  ok agent: dear, profile reviewer\n")
        .contains(
            "would be paid for, at least:\n  1 turn of mine\n  3 turns of dear, profile reviewer, model big\n");
    assertThat(wrong.code()).isEqualTo(Exit.USAGE);
    assertThat(wrong.out())
        .contains("there is no such profile - did you mean 'reviewer'?; there are reviewer")
        .endsWith("a run could not work\n");
  }

  private Project.Result stubbed(String stubs, String text) throws Exception {
    return plan(text, "--stubs", project.file("stubs.yaml", stubs).toString());
  }

  /** P10. */
  @Test
  void whatIsDemandedOfAStubHoldsOrFailsAsItself() throws Exception {
    String env = "def env = yield CreateWorktree(name: 'x')\n";

    assertThat(
            stubbed("Exec: {exit_code: 2}", "yield Exec(command: 'make', check: true)").ok().out())
        .contains("ExecFailed: 'make' ended with exit code 2");
    assertThat(
            stubbed("Exec: {passed: false}", "assert (yield Exec('make')).exit_code == 1")
                .ok()
                .out())
        .doesNotContain("ends as");
    assertThat(stubbed("Verify: {clean: false}", env + "yield Verify(env, clean: true)").ok().out())
        .contains("NotVerified: the work in /planned/x-RUN is not done: there are uncommitted");
    assertThat(
            stubbed(
                    "Verify: {command: {exit_code: 3, passed: false}}",
                    env + "yield Verify(env, command: 'make')")
                .ok()
                .out())
        .contains("NotVerified", "`make` exited with 3");
    assertThat(plan(env + "yield Verify(env, clean: true, ahead: true, pushed: true)").ok().out())
        .doesNotContain("ends as");
    assertThat(
            stubbed(
                    "MergeBranches: {fail: {type: MergeConflict, files: [a.txt]}}",
                    env
                        + "try { yield MergeBranches([env]) } catch (MergeConflict e) { assert e.files == ['a.txt'] }")
                .ok()
                .out())
        .doesNotContain("ends as");
    assertThat(stubbed("Exec: {fail: ExecTimeout}", "yield Exec('make')").ok().out())
        .contains("ends as error: flow.groovy:1:7: ExecTimeout: ");
  }

  /** P10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Ask: maybe | yield Ask('go?', options: ['yes', 'no']) | the stub for Ask at 1: 'maybe' is none of the options: yes, no",
        "Exec: {exit_code: one} | yield Exec('x') | the stub for Exec at 1: 'exit_code': expected int, found one (String)",
        "Exec: {exitcode: 1} | yield Exec('x') | the stub for Exec at 1: ExecResult has no 'exitcode' - did you mean 'exit_code'?",
        "Exec: {exit_code: 0, passed: false} | yield Exec('x') | 'passed' is false, but 'exit_code' is 0",
        "Exec: hello | yield Exec('x') | the stub for Exec at 1: expected ExecResult, found hello (String)",
        "Exec: {fail: ExecTimout} | yield Exec('x') | there is no failure 'ExecTimout' - did you mean 'ExecTimeout'?",
        "RunAgent: {ok: 3} | yield RunAgent(env: yield(CreateWorktree()), prompt: 'p', output_format: [type: 'object', properties: [ok: [type: 'boolean']]]) | the stub for RunAgent at 2: it does not fit output_format: /ok",
      })
  void aStubThatNoRunCouldGiveIsSaid(String stubs, String text, String message) throws Exception {
    Project.Result plan = stubbed(stubs, text);

    assertThat(plan.out()).contains("!! stubs: ").contains(message).endsWith("could not work\n");
    assertThat(plan.code()).isEqualTo(Exit.USAGE);
  }

  /** A list of stubs does not depend on which thread is first. */
  @Test
  void branchesTakeTheItemsOfAListInTheirOrder() throws Exception {
    String stubs =
        "Exec: [" + "{exit_code: %d}, ".repeat(23).formatted(numbers(23)) + "{exit_code: 24}]";
    String text =
        """
        def codes = yield Gather((0..<8).collect { n -> { ->
          (0..<3).collect { (yield Exec('make')).exit_code }
        } })
        assert codes == (1..8).collect { [it, 8 + it, 16 + it] }
        assert (yield Exec('make')).exit_code == 24
        def first = yield Race(a: { yield Exec('a'); 'a' }, b: { 'b' }, c: { yield Exec('c'); 'c' })
        assert first == 'b'
        """;

    for (int n = 0; n < 5; n++) {
      assertThat(stubbed(stubs, text).ok().out()).doesNotContain("assert");
    }
  }

  private static Object[] numbers(int last) {
    return java.util.stream.IntStream.rangeClosed(1, last).boxed().toArray();
  }
}
