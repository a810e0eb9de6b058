package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.script.Finding;
import conductor.script.Library;
import conductor.script.ScriptErrors;
import conductor.script.Workflow;
import conductor.workflow.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check finds, and what it leaves alone. */
class GroovyChecksTest {

  private static Workflow compile(String text) {
    return Language.compile("it.groovy", text, Library.of(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def total = 1; return totl | 1:23: unknown name 'totl' - did you mean 'total'?",
        "[1].each { println2(it) } | 1:12: unknown method 'println2'",
        "def helper() { 1 }; helpr() | 1:21: unknown method 'helpr' - did you mean 'helper'?",
        "class A { def m() { issue } } | 1:21: unknown name 'issue'",
        "class A { def m() { n() } } | 1:21: unknown method 'n'",
        "def env = CreateWorktree() | 1:5: CreateWorktree is never performed, 'env' is not used: write def env = yield CreateWorktree(...)",
        "def env = CreateWorktree(); yield Exec(command: 'ls', env: env) | 1:60: 'env' holds the effect CreateWorktree, not its reply: write def env = yield CreateWorktree(...)",
        "def found = Exec('ls'); return found.output | 1:32: 'found' holds the effect Exec, not its reply",
        "def found = Exec('ls'); return found.toString() | 1:32: 'found' holds the effect Exec",
        "yield Sleep('soon') | 1:13: Sleep's 'duration' must be Duration ('10s', '5m', '1h', or seconds), found soon (String): write '10s', '5m', '1h' or '2d'; signature: Sleep(duration)",
        "yield ListIssues(limit: 'ten') | 1:25: ListIssues's 'limit' must be",
        "@Param('x') List<Strin> p = [] | 1:18: unable to resolve class Strin", // N9
        "@Param('x') no.such.Duration p | 1:30: unable to resolve class no.such.Duration",
        "@Param('x') Map<String, List<Foo>> p = [:] | 1:30: unable to resolve class Foo",
        "def r = yield Exec('ls'); return r.exitcode | 1:36: ExecResult has no field 'exitcode' - did you mean 'exit_code'?; fields: exit_code, output, log_path, passed", // N3
        "def r = yield Exec('ls'); [1].each { r?.exitcode } | 1:41: ExecResult has no field 'exitcode'",
        "ExecResult r = yield Exec('ls'); return r.out | 1:43: ExecResult has no field 'out'",
        "return (yield Exec('ls')).text | 1:27: ExecResult has no field 'text'",
        "return yield(Exec('ls')).text | 1:26: ExecResult has no field 'text'",
        "try { yield Exec('ls') } catch (ExecFailed e) { e.exitcode } | 1:51: ExecFailed has no field 'exitcode' - did you mean 'exit_code'?",
        "return issue.titel | 1:14: Issue has no field 'titel' - did you mean 'title'?",
        "yield 5 | 1:7: yield takes an effect, such as Now(); found 5",
        "perform('x') | 1:9: yield takes an effect, such as Now(); found x",
        "def c = { yield Now() }.memoize(); c() | 1:11: yield inside a memoized closure is not replayed in order",
        "[:].withDefault { yield Get(it) } | 1:19: yield inside withDefault is not replayed in order",
        "new Date() | 1:1: new Date reaches for the clock",
        "[1, 2].shuffled() | 1:1: shuffled reaches for chance",
        "java.util.concurrent.ThreadLocalRandom.current() | 1:1: ThreadLocalRandom.current reaches for chance",
        "[1].parallelStream() | 1:1: parallelStream reaches for threads",
        "System.getProperty('user.home') | 1:1: System.getProperty reaches for the environment",
      })
  void findsWhatStopsARun(String text, String message) {
    assertThatThrownBy(() -> compile(text))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith("it.groovy:" + message);
  }

  /** P15. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def said = yield RunAgent(e, 'x'); yield Exec(\"git log $said\", env: e) | 1:47",
        "def said = yield RunAgent(e, 'x'); yield Exec(command: \"git log ${said.branch}\", env: e) | 1:56",
        "def said = (yield SendMessage(agent_ref: r, message: 'x')).trim(); yield Exec('git log ' + said) | 1:79",
        "def said; said = yield ReadSession(r); def line = \"a ${said[0].reply}\"; yield Exec(line) | 1:84",
        "yield Exec(\"echo '${issue.title ?: ''}'\") | 1:12",
        "def w = yield WaitForReview(pr); yield Exec(\"echo ${w.comments}\") | 1:45",
        "yield Verify(env: e, command: \"test -e ${yield RunAgent(e, 'x')}\") | 1:31",
      })
  void warnsWhereTheShellWouldRunWhatAnotherSaid(String text, String place) {
    assertThat(compile("def e = null, r = null, pr = null\n" + text).warnings())
        .extracting(Finding::toString)
        .singleElement()
        .asString()
        .startsWith("it.groovy:" + place.replaceFirst("1", "2") + ": warning: the shell runs what")
        .contains("Exec(['git', 'log', word])");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def said = yield RunAgent(e, 'x'); yield Exec(['git', 'log', said], env: e)",
        "def said = yield RunAgent(e, 'x'); yield Exec(\"head -${said.size()} a\", env: e)",
        "def said = yield RunAgent(e, 'x'); yield WriteFile(e, 'a', \"$said\")",
        "def out = yield Exec(['echo', yield RunAgent(e, 'x')]); yield Exec(\"echo ${out.exit_code}\")",
        "yield Exec(\"echo ${issue.id}\", env: (yield CreateWorktree(issue: issue)))",
      })
  void saysNothingOfWordsThatNoShellReads(String text) {
    assertThat(compile("def e = null\n" + text).warnings()).isEmpty();
  }

  /** N15. */
  @Test
  void aBracketThatIsNotClosedIsNamed() {
    assertThatThrownBy(() -> compile("def a = 1\nyield Exec(\"a\"\ndef x = 1\nreturn x"))
        .hasMessageStartingWith(
            "it.groovy:3:5: Unexpected input: 'x': the '(' of line 2, column 11 is still open here");
    assertThatThrownBy(() -> compile("def a = [1,\n2\nreturn a"))
        .hasMessageContaining("the '[' of line 1, column 9 is still open here");
    assertThatThrownBy(() -> compile("foo(1 +* 2)")).message().doesNotContain("still open");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@Param int n = 3; 1 | 1:12: warning: the parameter 'n' is not used",
        "@Param int n = 3; [1].collect { n -> n } + n | 1:33: warning: 'n' hides the workflow's own parameter: choose another name",
        "def issue = 1; issue | 1:5: warning: 'issue' hides the workflow's own issue: choose another name",
        "println 'x' | 1:1: warning: println prints again on every resume",
      })
  void warnsOfTheRest(String text, String message) {
    assertThat(compile(text).warnings())
        .first()
        .satisfies(finding -> assertThat(finding.toString()).startsWith("it.groovy:" + message));
    assertThat(compile(text + " // conductor: allow").warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Param int n = 3\n\"$n\"",
        "@Param int n = 3\nparams.n",
        "@Param int n = 3\ndef m() { n }\nm()",
        "total = 1\ntotal += 2\ntotal",
        "twice = { it * 2 }\ntwice(3)",
        "(a, b) = [1, 2]\na + b",
        "def r = yield Exec('ls')\nr.exit_code + r.exitCode + r.class.name + r.properties.size() + r.log_path.fileName",
        "def r = yield Exec('ls')\nr = [exitcode: 1]\nr.exitcode",
        "def r = yield Exec('ls')\n[1].each { r = [a: it] }\nr.a",
        "def r = yield Exec('ls')\n(r, b) = [[a: 1], 2]\nr.a",
        "def r = yield Exec('ls')\n[[a: 1]].each { r1 -> r1.a }\n[[a: 1]].each { it.a }",
        "def r = yield Exec('ls')\n[[a: 1]].each { it.with { a } }",
        "Map r = [exitcode: 1]\nr.exitcode",
        "ExecResult.metaClass.getExitcode = { -> 1 }\ndef r = yield Exec('ls')\nr.exitcode",
        "class C { static int getExitcode(ExecResult r) { 1 } }\ndef r = yield Exec('ls')\nuse(C) { r.exitcode }",
        "def a = yield RunAgent(env: yield(CreateWorktree()), prompt: 'p')\na.verdict",
        "def all = yield ListIssues()\nall.title",
        "try { yield Exec('ls') } catch (ExecFailed | ExecTimeout e) { e instanceof ExecFailed ? e.exit_code : e.limit }",
        "try { yield Exec('ls') } catch (ExecFailed e) { e.message + e.cause + e.stackTrace.length + e.exitCode }",
        "def m(issue) { issue.titel }\nm([titel: 1])",
        "def env = yield CreateWorktree()\nenv.base_commit + env.baseCommit + env.base_branch",
        "[a: 1].with { a }",
        "new StringBuilder().tap { append('x') }",
        "def m(issue) { issue }\nm(issue)",
        "def effects = [1, 2].collect { Get('a') }\nyield Gather(effects)",
        "def later = Get('a')\nyield later",
        "def later = Exec('ls')\nyield Gather([later, later])",
        "def build = { Exec('ls') }\nyield build()",
        "def make() { Exec('ls') }\nyield make()",
        "def e = Get('a')\ne = yield e\ne.size()",
        "def f(int n) { n < 2 ? n : f(n - 1) }\nf(3)",
        "class A { def x; def m() { x }; def n() { m() } }\nnew A(x: 1).n()",
        "enum Color { RED; def low() { name() } }\nColor.RED.low()",
        "interface Named { String name() }\nclass B implements Named { String name() { 'x' }; def m() { name() } }\nnew B().m()",
        "try { 1 } catch (ExecFailed e) { e.output }",
        "switch (yield Try(Now())) { case Ok -> 1; case Err -> 2 }",
        "def c = { owner; delegate; it }\nc(1)",
        "new Date(0)",
        "def x = 1\nassert x == 1 : \"x is $x\"",
        "for (i in 1..3) { def j = i; j++ }",
        "def (a, b) = yield Gather([Now(), Now()])\n[a, b]",
        "binding.variables",
        "@groovy.transform.Field int n = 0\ndef m() { n++ }\nm() + n",
        "trait T { def hi() { who() }; abstract String who() }\nclass M implements T { String who() { 'm' } }\nnew M().hi()",
        "def f = { n -> n }\ndef g = this.&println\nf(1)",
        "[3, 1].sort { a, b -> a <=> b }.with { first() }",
      })
  void leavesAloneWhatIsRight(String text) {
    assertThat(compile(text).warnings()).isEmpty();
  }

  static Stream<Path> shipped() throws IOException {
    return Stream.of("workflows", "examples", "stdlib").flatMap(GroovyChecksTest::scripts);
  }

  private static Stream<Path> scripts(String directory) {
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      return files
          .filter(file -> file.toString().endsWith(".groovy"))
          .filter(file -> !file.endsWith(Path.of("demo/agent.groovy"))) // plays an agent
          .filter(file -> !file.toString().endsWith("_test.groovy")) // has words of its own
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot list " + directory, e);
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void nothingIsFoundInWhatIsShipped(Path file) throws IOException {
    Workflow workflow =
        Language.compile(
            file.toString(), Files.readString(file), Library.of(List.of(Path.of("stdlib"))));

    assertThat(workflow.warnings()).isEmpty();
  }

  @Test
  void thereAreManyShippedScripts() throws IOException {
    assertThat(shipped()).hasSizeGreaterThan(25);
  }

  @Test
  void allFindingsAreToldInTheirOrder() {
    assertThatThrownBy(() -> compile("@Param int n = 1\nNow()\ndef x = totl\nNow(); 1"))
        .isInstanceOfSatisfying(
            ScriptErrors.class,
            errors ->
                assertThat(errors.findings())
                    .extracting(Finding::line, Finding::error)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, false),
                        org.assertj.core.groups.Tuple.tuple(2, true),
                        org.assertj.core.groups.Tuple.tuple(3, true),
                        org.assertj.core.groups.Tuple.tuple(4, true)));
  }
}
