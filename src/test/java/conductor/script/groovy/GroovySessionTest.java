package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Entered;
import conductor.effect.RecordedEffect;
import conductor.effect.RunEffect;
import conductor.effect.WorktreeEnv;
import conductor.script.Session;
import conductor.script.SessionScene;
import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is entered, without a terminal and without an engine. */
class GroovySessionTest extends SessionScene {

  GroovySessionTest() {
    super(new GroovySession(file -> Optional.empty(), List.of(), Map.of("rounds", 3), null));
  }

  @Test
  void variablesMethodsClassesAndImportsLast() throws Throwable {
    enter("def a = 20");
    enter("int b = yield Get('22')");
    enter("def sum(x, y) { x + y + offset() }");
    enter("def offset() { rounds - 3 }");
    enter("import java.util.concurrent.TimeUnit as Unit");
    enter("class Pair { def left, right\n  def both() { [left, right] } }");
    enter("def (c, d) = [a, b]");

    assertThat(enter("sum(c, d)")).isEqualTo(42);
    assertThat(enter("Unit.SECONDS.toMillis(2)")).isEqualTo(2000L);
    assertThat(enter("new Pair(left: a, right: b).both()")).isEqualTo(List.of(20, 22));
    assertThat(enter("[1, 2].collect { it + a }")).isEqualTo(List.of(21, 22));
    assertThat(session.variables()).containsKeys("a", "b", "c", "d", "rounds");
    assertThat(recorder.effects).containsExactly(new RunEffect.Get("22"));
  }

  @Test
  void whatIsDefinedAnewCountsFromThenOn() throws Throwable {
    enter("def f(x) { x + 1 }");
    enter("def g(x) { f(x) * 10 }");
    enter("def f(x) { x + 2 }");

    assertThat(enter("g(1)")).isEqualTo(30);
    assertThat(enter("def f = 7; f")).isEqualTo(7);
  }

  @Test
  void aStatementThatFailsChangesNoVariableAndThoseBeforeItStand() {
    String told = failed("def a = 1; b = 2\n['x'].each { a = 9; c = 3; assert it == 'y' }\nd = 4");

    assertThat(told).contains("line-1:2:").contains("assert it == 'y'");
    assertThat(session.variables()).containsEntry("a", 1).containsEntry("b", 2);
    assertThat(session.variables()).doesNotContainKeys("c", "d");
    assertThat(session.saved()).isEqualTo("def a = 1; b = 2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yield RunAgnt(prompt: 'x') | line-1:1:7: unknown effect |       ^
          1 +* 2                     | line-1:1:                                                  |   ^
          def x = nope               | line-1:1:9: unknown name 'nope'                            |         ^
          yield Exec('make')         | line-1:1:7: HandlerFailed                                  |       ^
          Now()                      | line-1:1:1: Now is never performed: write yield Now(...)                                  | ^
          new Date()                 | line-1:1:1: new Date reaches for the clock                 | ^
          """)
  void errorsPointAtTheColumnAndShowNoHostFrames(String text, String told, String mark) {
    List<String> lines = failed(text).lines().toList();

    assertThat(lines.getFirst()).startsWith(told);
    assertThat(lines).contains("    " + text);
    assertThat(lines.stream().filter(line -> line.strip().equals("^")).findFirst().orElseThrow())
        .endsWith(mark.strip());
    assertThat(lines).noneMatch(line -> line.contains("conductor.") || line.contains(".java:"));
  }

  @Test
  void anErrorInAMethodEnteredBeforeNamesBothLines() throws Throwable {
    enter("def f(x) {\n  x.foo()\n}");

    assertThat(failed("f(1)")).contains("line-1:2").contains("at line-2:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(x) {",
        "foo(1,",
        "[1,",
        "x =",
        "a +",
        "if (x)",
        "if (x) {",
        "'''abc",
        "\"\"\"a ${",
        "/* foo",
        "class A {",
        "foo.",
        "x = {",
        "def f(x)",
        "b ? 1 :",
        "try { 1 }",
        "1 + 2 \\",
        "yield",
        "for (i in 1..3)",
        "def x = foo(a: 1,\n",
        "if (a) 1 else"
      })
  void whatIsOpenIsUnfinished(String text) {
    assertThat(session.read(text)).isEqualTo(Session.Reading.UNFINISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "def x",
        "def f(x) {\n}",
        "foo(1))",
        "1 +* 2",
        "'abc",
        "\"it's\"",
        "// it's (",
        "'a//b'",
        "yield X prompt: 1",
        "'''a\nb'''",
        "x = y\n.z",
        "return",
        "/* ( */ 1",
        "'\\''",
        "\"${x}(\"",
        "/${x}/",
        "import java.util.concurrent.*",
        "import static java.lang.Math.*"
      })
  void whatIsWholeOrWrongIsEvaluated(String text) {
    assertThat(session.read(text)).isEqualTo(Session.Reading.WHOLE);
  }

  @Test
  void whatIsSavedIsWhatWasTypedWhereAScriptMeansTheSame() throws Throwable {
    enter("def n = yield Get('5')");
    enter("import java.util.concurrent.TimeUnit");
    failed("def gone = yield Exec('make')");
    enter("def twice(x) { 2 * x }");
    enter("twice(n) + TimeUnit.SECONDS.toMillis(1)");

    assertThat(session.saved())
        .isEqualTo(
            """
            def n = yield Get('5')
            import java.util.concurrent.TimeUnit
            def twice(x) { 2 * x }
            twice(n) + TimeUnit.SECONDS.toMillis(1)
            """);
    assertThat(saved()).isEqualTo(1010L);
  }

  @Test
  void whatAScriptWouldNotAllowIsSavedSoThatItGivesTheSame() throws Throwable {
    enter("def n = 5");
    enter("def seen = []");
    enter("def addN(x) { x + n }");
    enter("seen << addN(1)");
    enter("long n = 7");
    enter("seen << addN(yield Get('1'))");
    enter("def addN(x) { x * n }");
    enter("def later = { extra }");
    enter("def (extra, other) = [yield Get('3'), 4]");
    enter("def open");
    enter("class P { int v = 1 }");
    enter("seen << new P().v");
    enter("class P { int v = 2 }");
    Object last = enter("seen + [addN(2), later(), other, open, n.class.simpleName, new P().v]");

    assertThat(last).hasToString("[6, 8, 1, 14, 3, 4, null, Long, 2]");
    assertThat(saved()).as(session.saved()).hasToString("[6, 8, 2, 14, 3, 4, null, Long, 2]");
  }

  /** S4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          return 7                                            | 7
          return                                              | null
          n++; return { it + n }                              | 1
          return [a: n]                                       | 1
          if (n == 0) { return 'none' }; n = 5                | none
          if (n > 0) { return 'some' }; def m = 5; n = m      | 5
          for (i in 1..3) { if (i == 2) return i }; n = 9     | 2
          try { return yield Get('3') } finally { n = 2 }     | 3
          def f() { return 1 }; n = f(); [1].each { return }  | 1
          """)
  void aReturnEndsItsEntryAndNotTheSavedWorkflow(String text, String value) throws Throwable {
    enter("def n = 0");
    Object first = enter(text);
    if (!(first instanceof Closure) && !(first instanceof Map) && !(first instanceof List)) {
      assertThat(String.valueOf(first)).isEqualTo(value);
    }
    Object last = enter("[n, yield Get('4')]");

    assertThat(saved()).as(session.saved()).isEqualTo(last);
  }

  @Test
  void aVariableBehindWhatMayReturnIsStillThere() throws Throwable {
    enter("def n = 3\nif (n > 5) return 'early'\n// why\ndef m = n + 1 // more\nint k = m * 2\nk");
    enter("def out = [k, m]");
    enter("return out");

    assertThat(saved()).as(session.saved()).isEqualTo(List.of(8, 4));
  }

  @Test
  void aFileKeepsItsNameInErrors() throws Throwable {
    session.evaluate(new Entered("def fromFile(x) {\n  x.foo()\n}", "dir/flow.groovy"));

    assertThat(failed("fromFile(1)")).contains("flow.groovy:2:");
  }

  @Test
  void parametersHaveTheirDefaultsUnlessGiven() throws Throwable {
    session.evaluate(
        new Entered("@Param('x') int rounds = 9\n@Param('y') int more = 4", "flow.groovy"));

    assertThat(enter("[rounds, more]")).isEqualTo(List.of(3, 4));
  }

  @Test
  void twoThousandLinesAreOneEntry() throws Throwable {
    var text = new StringBuilder("def total = 0\n");
    for (int i = 0; i < 2000; i++) {
      text.append("total += ").append(i).append('\n');
    }
    text.append("total");

    assertThat(session.read(text.toString())).isEqualTo(Session.Reading.WHOLE);
    assertThat(enter(text.toString())).isEqualTo(1999000);
  }

  @Test
  void aBusyLineEndsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> enter("while (true) { }")).isInstanceOf(InterruptedException.class);
  }

  /** S18. */
  @Test
  void whatIsYieldedThatIsNoEffectIsToldOf() throws Throwable {
    assertThat(failed("yield \"text\""))
        .startsWith("line-1:1:7: yield takes an effect, such as Now(); found text");
    assertThat(failed("def x = 1; yield \"a$x\"")).contains("line-2:1:18: yield takes an effect");
    assertThat(failed("yield 5")).contains("yield takes an effect, such as Now(); found 5");
    assertThat(failed("yield null")).contains("yield takes an effect, such as Now(); found null");
    enter("def yield(x) { x }");
    assertThat(enter("switch (1) { case 1 -> { yield 5 } }")).isEqualTo(5);
  }

  /** S12, S13. */
  @Test
  void suggestsTheFieldsOfRepliesAndTheValuesOfClosedSets() {
    assertThat(suggested("yield Exec('x').pa")).containsExactly("passed");
    assertThat(suggested("def a = (yield Exec(command: 'x')).exi")).containsExactly("exit_code");
    assertThat(suggested("perform(Exec('x')).ou")).containsExactly("output");
    assertThat(suggested("yield ListIssues().isEm")).containsExactly("isEmpty()");
    assertThat(suggested("helper('x').")).isEmpty();
    assertThat(suggested("yield Sleep('1s').")).isEmpty();
    assertThat(suggested("'a'.toUpp")).containsExactly("toUpperCase(", "toUpperCase()");
    assertThat(suggested("yield ListIssues(status: '")).contains("open").doesNotContain("Exec(");
    assertThat(suggested("yield ListIssues(status: \"op")).containsExactly("open");
    assertThat(suggested("yield WaitForStatus(a, status: ['do")).containsExactly("done");
    assertThat(suggested("yield Exec(command: '")).isEmpty();
  }

  /** S12, S13. */
  @Test
  void suggestsTypesOfAgentsPackagesAndClasses() throws Throwable {
    for (String text :
        List.of("yield RunAgent(env: e, type: '", "yield SpawnAgent(type: \"cl", "RunAgent('")) {
      assertThat(session.suggest(text, text.length()).quoted())
          .isEqualTo(Session.Quoted.AGENT_TYPE);
    }
    assertThat(session.suggest("yield Exec('", 12).quoted()).isEqualTo(Session.Quoted.ANYTHING);
    assertThat(suggested("import java.ut")).containsExactly("util");
    assertThat(suggested("import jav")).containsExactly("java", "javax");
    assertThat(suggested("import java.util.ArrayD")).containsExactly("ArrayDeque");
    assertThat(suggested("import java.util.concurrent.atomic.AtomicB"))
        .containsExactly("AtomicBoolean");
    assertThat(suggested("import java.util.JumboEnumS")).isEmpty(); // not public
    assertThat(suggested("import static java.lang.Math.hyp")).containsExactly("hypot");
    assertThat(suggested("x = java.util.ArrayD")).containsExactly("ArrayDeque");
    assertThat(suggested("Math.hyp")).containsExactly("hypot(");
    assertThat(suggested("BigInteger.TE")).containsExactly("TEN");
    enter("def java = [util: 1]");
    assertThat(suggested("java.ut")).containsExactly("util");
  }

  @Test
  void suggestsWhatMayStandThere() throws Throwable {
    enter("def env = yield CreateWorktree(name: 'x')");
    enter("def helper(x) { x }");

    assertThat(suggested("yield RunAg")).containsExactly("RunAgent(");
    assertThat(suggested("yield RunAgent(env: env, pro")).containsExactly("profile: ", "prompt: ");
    assertThat(suggested("env.base_c")).containsExactly("base_commit");
    assertThat(suggested("foo(env?.br")).containsExactly("branch");
    assertThat(suggested("hel")).containsExactly("helper(");
    assertThat(suggested("yield Exec('ma")).isEmpty();
    assertThat(suggested("nothing.x")).isEmpty();
    assertThat(session.variables().get("env")).isInstanceOf(WorktreeEnv.class);
    assertThat(recorder.effects).hasSize(1);
  }

  private List<String> suggested(String text) {
    return session.suggest(text, text.length()).words().stream()
        .map(Session.Suggestion::word)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yield Sleep(             | Sleep(duration) -> nothing
          yield Sleep(foo(1), [2   | Sleep(duration) -> nothing
          yield Gather(a:          | Gather(
          yield Sleep('1s').       | ''
          Spawn { foo(             | ''
          """)
  void showsTheSignatureOfTheEffectAroundAPlace(String text, String signature) {
    String shown = session.signature(text, text.length());

    assertThat(shown).startsWith(signature);
    assertThat(shown.isEmpty()).isEqualTo(signature.isEmpty());
  }

  @Test
  void colorsWordsEffectsTextsNumbersAndComments() {
    assertThat(session.colored("def x = yield Get('a') + 1 // why"))
        .extracting(Session.Colored::kind)
        .containsExactly(
            Session.Kind.WORD,
            Session.Kind.WORD,
            Session.Kind.EFFECT,
            Session.Kind.TEXT,
            Session.Kind.NUMBER,
            Session.Kind.COMMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a \\", "\"\\$", "'\\", "\"${", "x = #", "'a", "/*", "a\u0001b"})
  void whateverIsHalfTypedCanBeColoredAndCompleted(String text) {
    session.colored(text);
    session.suggest(text, text.length());
    session.read(text);

    assertThat(session.signature("yield Sleep(" + text, 12 + text.length()))
        .isIn("", session.signature("yield Sleep(", 12));
  }

  @Test
  void anEffectMayBeYieldedAsTheLastThingOfALine() throws Throwable {
    enter("yield Now()");

    assertThat(recorder.effects).containsExactly(new RecordedEffect.Now());
  }

  @Test
  void anEffectOfOnesOwnIsAWordFromThenOn() throws Throwable {
    enter("@Effect('greets') def Greet(String whom) { 'hello ' + whom }");

    assertThat(suggested("yield Gre")).containsExactly("Greet(");
    assertThat(session.signature("yield Greet(", 12)).startsWith("Greet(whom)");
    assertThat(failed("yield Greet(who: 'x')")).contains("did you mean 'whom'");
  }
}
