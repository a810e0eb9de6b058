package conductor.script.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Entered;
import conductor.effect.RecordedEffect;
import conductor.effect.RunEffect;
import conductor.effect.WorktreeEnv;
import conductor.script.Session;
import conductor.script.SessionScene;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is entered in Java, without a terminal and without an engine. */
class JavaSessionTest extends SessionScene {

  JavaSessionTest() {
    super(new JavaSession(_ -> Optional.empty(), List.of(), Map.of("rounds", 3), null));
  }

  @Test
  void allErrorsOfAnEntryAreTold() {
    String told = failed("sealed interface Shape {}\nint x = nope;\nint y = 1;");

    assertThat(told).contains("compiled by itself", "line-1:2:9: unknown name 'nope'");
    assertThat(failed("y")).contains("unknown name 'y'");
  }

  @Test
  void variablesMethodsClassesRecordsAndImportsLast() throws Throwable {
    assertThat(enter("int a = 20")).isEqualTo(20);
    enter("int b = (Integer) perform(Get(\"22\"));");
    enter("int sum(int x, int y) { return x + y + offset(); }");
    assertThat(failed("sum(1, 2)")).contains("line-4:1", "cannot find method offset()");
    enter("int offset() { return rounds - 3; }");
    enter("import java.util.concurrent.TimeUnit;");
    enter(
        "record Pair(int left, int right) { List<Integer> both() { return List.of(left, right); } }");
    enter("class Box { int held = 5; }");
    enter("var box = new Box(); int c = a, d = b;");

    assertThat(enter("sum(c, d)")).isEqualTo(42);
    assertThat(enter("TimeUnit.SECONDS.toMillis(2)")).isEqualTo(2000L);
    assertThat(enter("new Pair(a, b).both()")).isEqualTo(List.of(20, 22));
    assertThat(enter("Stream.of(1, 2).map(n -> n + a + box.held).toList()"))
        .isEqualTo(List.of(26, 27));
    assertThat(session.variables().keySet())
        .containsExactly("issue", "params", "rounds", "a", "b", "box", "c", "d");
    assertThat(recorder.effects).containsExactly(new RunEffect.Get("22"));
  }

  @Test
  void whatIsDefinedAnewCountsFromThenOn() throws Throwable {
    enter("int f(int x) { return x + 1; }");
    enter("int g(int x) { return f(x) * 10; }");
    enter("int n = g(1);");
    enter("int f(int x) { return x + 2; }");

    assertThat(enter("g(1) + n")).isEqualTo(50);
    enter("var m = n * 2; int k = n * 3; var o = new Object() { int z = n; };");
    enter("int n = 7;");
    assertThat(enter("m + k + o.z")).isEqualTo(120);
    assertThat(enter("String n = \"text\" + m; n.length()")).isEqualTo(6);
    assertThat(enter("m + k")).isEqualTo(100);
    assertThat(saved()).isEqualTo(100);
  }

  @Test
  void aStatementThatFailsChangesNoVariableAndThoseBeforeItStand() throws Throwable {
    String told =
        failed(
            "int a = 1; var b = new ArrayList<>(List.of(2));\nfor (var x : b) { a = 9; b = null; Objects.requireNonNull(b, \"no b\"); }\nint d = 4;");

    assertThat(told).contains("line-1:2:", "no b");
    assertThat(session.variables()).containsEntry("a", 1).containsEntry("b", List.of(2));
    assertThat(session.variables()).doesNotContainKeys("d");
    assertThat(session.saved()).isEqualTo("int a = 1;\nvar b = new ArrayList<>(List.of(2));\n");
    assertThat(failed("String a = String.valueOf(1 / (rounds - 3));")).contains("/ by zero");
    assertThat(enter("a + 1")).isEqualTo(2);
  }

  /** S4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return 7;",
        "if (n == 0) { return \"none\"; } n = 5;",
        "if (n > 0) { return \"some\"; } n = 5;",
        "try { return perform(Get(\"3\")); } finally { n = 2; }",
        "for (int i = 0; i < 3; i++) { Supplier<Integer> two = () -> { return 2; }; n = two.get(); }",
      })
  void aReturnEndsItsEntryAndNotTheSavedWorkflow(String text) throws Throwable {
    enter("int n = 0;");
    enter(text);
    Object last = enter("n + \" \" + perform(Get(\"4\"))");

    assertThat(saved()).as(session.saved()).isEqualTo(last);
  }

  @Test
  void nothingRunsOfWhatDoesNotCompile() throws Throwable {
    enter("int a = 1;");

    assertThat(failed("perform(Get(\"1\")); String a = \"x\";\na.length() + nope"))
        .startsWith("line-2:2:14: unknown name 'nope'")
        .contains("    a.length() + nope\n                 ^");
    assertThat(recorder.effects).isEmpty();
    assertThat(enter("a + 1")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          perform(RunAgnt("x"))          | line-1:1:9: unknown effect 'RunAgnt' - did you mean 'RunAgent'? |         ^
          1 +* 2                         | line-1:1:4: illegal start           |    ^
          int x = nope;                  | line-1:1:9: unknown name 'nope'     |         ^
          perform(Exec("make"))          | line-1:1:9: HandlerFailed           |         ^
          Now()                          | line-1:1:1: Now is never performed: write perform(Now(...)) | ^
          new Date()                     | line-1:1:1: new Date reaches for the clock                 | ^
          System.exit(1);                | line-1:1:1: System.exit reaches for the process            | ^
          """)
  void errorsPointAtTheColumnAndShowNoHostFrames(String text, String told, String mark) {
    List<String> lines = failed(text).lines().toList();

    assertThat(lines.getFirst()).startsWith(told);
    assertThat(lines).contains("    " + text);
    assertThat(lines.stream().filter(line -> line.strip().equals("^")).findFirst().orElseThrow())
        .endsWith(mark.strip());
    assertThat(lines).noneMatch(line -> line.contains("conductor.") || line.contains("REPL"));
  }

  @Test
  void anErrorInAMethodEnteredBeforeNamesBothLines() throws Throwable {
    enter("int f(String x) {\n  return x.length();\n}");

    assertThat(failed("f(null)")).contains("line-1:2").contains("at line-2:1");
    enter("int f(String x) {\n\n  return x.length();\n}");
    assertThat(failed("f(null)")).contains("line-3:3").contains("at line-4:1");
  }

  @Test
  void whatIsOpenIsUnfinished() {
    assertThat(
            List.of(
                "int f(int x) {",
                "foo(1,",
                "int x =",
                "a +",
                "if (x)",
                "if (x) {",
                "\"\"\"\nabc",
                "/* foo",
                "class A {",
                "foo.",
                "try { a(); }",
                "perform(",
                "for (int i : all)",
                "int a = 1; int b =",
                "@Param(\"x\")"))
        .allSatisfy(text -> assertThat(session.read(text)).isEqualTo(Session.Reading.UNFINISHED));
  }

  @Test
  void whatIsWholeOrWrongIsEvaluated() {
    assertThat(
            List.of(
                "",
                "1",
                "int x",
                "int f(int x) {\n}",
                "foo(1))",
                "1 +* 2",
                "\"abc",
                "// it's (",
                "\"a//b\"",
                "x = y\n.z",
                "/* ( */ 1",
                "'\\''",
                "int a = 1; a",
                "for (;;) { }"))
        .allSatisfy(text -> assertThat(session.read(text)).isEqualTo(Session.Reading.WHOLE));
  }

  @Test
  void whatIsSavedIsWhatWasTypedAndGivesTheSame() throws Throwable {
    enter("int n = (Integer) perform(Get(\"5\"))");
    enter("import java.util.concurrent.TimeUnit;");
    failed("var gone = perform(Exec(\"make\"));");
    enter("int twice(int x) { return 2 * x; }");
    enter("twice(n) // ten");
    enter("int twice(int x) { return 3 * x; }");
    enter("String n = \"n\" + $1");
    Object last = enter("n + twice(2) + TimeUnit.SECONDS.toMillis(1)");

    assertThat(last).isEqualTo("n1061000");
    assertThat(session.saved())
        .isEqualTo(
            """
            int n = (Integer) perform(Get("5"));
            import java.util.concurrent.TimeUnit;
            int twice(int x) { return 2 * x; }
            var $1 = twice(n) // ten
            ;
            int twice(int x) { return 3 * x; }
            String n = "n" + $1;
            n + twice(2) + TimeUnit.SECONDS.toMillis(1);
            """);
    assertThat(saved()).isEqualTo("n1061000");
  }

  @Test
  void aFileKeepsItsNameAndParametersTheirDefaults() throws Throwable {
    session.evaluate(
        new Entered(
            "@Param(\"x\") int rounds = 9;\n@Param(\"y\") int more = 4;\nint f(String x) {\n  return x.length();\n}",
            "dir/flow.jsh"));

    assertThat(failed("f(null)")).contains("flow.jsh:4:");
    assertThat(enter("List.of(rounds, more)")).isEqualTo(List.of(3, 4));
  }

  @Test
  void hundredsOfLinesAreOneEntry() throws Throwable {
    var text = new StringBuilder("int total = 0;\n");
    for (int i = 0; i < 200; i++) {
      text.append("total += ").append(i).append(";\n");
    }
    text.append("total");

    assertThat(session.read(text.toString())).isEqualTo(Session.Reading.WHOLE);
    assertThat(enter(text.toString())).isEqualTo(19900);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) { }",
        "for (int i = 0; ; i++) { Math.abs(i); }",
        "Stream.iterate(1, x -> x).forEach(x -> { new Object(); });",
        "int f(int x) { return x > 9 ? f(0) : g(x + 1); }\nint g(int x) { do { x = h(x); } while (true); }\nint h(int x) { return x; }\nf(1)"
      })
  void aBusyLineEndsWhenItsThreadIsInterrupted(String busy) {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> enter(busy)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void suggestsWhatMayStandThere() throws Throwable {
    enter("var env = perform(CreateWorktree().withName(\"x\"));");
    enter("int helper(int x) { return x; }");

    assertThat(suggested("perform(RunAg")).containsExactly("RunAgent(");
    assertThat(suggested("perform(Exec(\"x\").withT")).containsExactly("withTimeout(");
    assertThat(suggested("env.baseC")).containsExactly("baseCommit()");
    assertThat(suggested("int x = 1; foo(env.bran")).containsExactly("branch()");
    assertThat(suggested("hel")).containsExactly("helper(");
    assertThat(suggested("perform(Exec(\"ma")).isEmpty();
    assertThat(suggested("nothing.x")).isEmpty();
    assertThat(suggested("retu")).containsExactly("return");
    assertThat(session.suggest("Exec(\"x\").withEn", 16).words().getFirst().about())
        .startsWith("WorktreeEnv");
    assertThat(session.variables().get("env")).isInstanceOf(WorktreeEnv.class);
    assertThat(recorder.effects).hasSize(1);
  }

  private List<String> suggested(String text) {
    return session.suggest(text, text.length()).words().stream()
        .map(Session.Suggestion::word)
        .toList();
  }

  @Test
  void showsTheSignatureOfTheEffectAroundAPlace() {
    assertThat(signature("perform(Sleep(")).isEqualTo("Sleep(duration) -> nothing");
    assertThat(signature("perform(Sleep(foo(1), x[2")).isEqualTo("Sleep(duration) -> nothing");
    assertThat(signature("perform(Exec(\"a\").withEnv(")).startsWith("Exec(command) .withEnv");
    assertThat(signature("perform(Gather(")).startsWith("Gather(");
    assertThat(signature("perform(Sleep(\"1s\").")).isEmpty();
    assertThat(signature("Spawn(() -> { foo(")).isEmpty();
  }

  private String signature(String text) {
    return session.signature(text, text.length());
  }

  @Test
  void showsWhatAMethodOfTheSessionTakes() throws Throwable {
    enter("int helper(int x, String y) { return x; }");

    assertThat(session.signature("1 + helper(", 11)).isEqualTo("helper(int,String)int");
  }

  @Test
  void colorsWordsEffectsTextsNumbersAndComments() {
    assertThat(session.colored("var x = perform(Get(\"a\")) + 1 // why"))
        .extracting(Session.Colored::kind)
        .containsExactly(
            Session.Kind.WORD,
            Session.Kind.EFFECT,
            Session.Kind.TEXT,
            Session.Kind.NUMBER,
            Session.Kind.COMMENT);
  }

  @Test
  void whateverIsHalfTypedCanBeColoredAndCompleted() {
    for (String text :
        List.of("\"a \\", "\"\\$", "'\\", "\"\"\"", "x = #", "'a", "/*", "a\u0001b", ")")) {
      session.colored(text);
      session.suggest(text, text.length());
      session.read(text);

      assertThat(session.signature("perform(Sleep(" + text, 14 + text.length()))
          .isIn("", session.signature("perform(Sleep(", 14));
    }
  }

  @Test
  void valuesAreShownAsJavaWritesThem() {
    assertThat(session.shown(List.of("a\n\"b\"", 'c', 1))).isEqualTo("[\"a\\n\\\"b\\\"\", 'c', 1]");
    assertThat(session.shown(Map.of("k", new int[] {1, 2}))).isEqualTo("{\"k\"=[1, 2]}");
    assertThat(session.shown(null)).isEqualTo("null");
  }

  @Test
  void anEffectMayBePerformedAsTheLastThingOfALine() throws Throwable {
    enter("perform(Now())");

    assertThat(recorder.effects).containsExactly(new RecordedEffect.Now());
  }

  /** N10. */
  @Test
  void aTypeThatWasEnteredBeforeIsNotTheHosts() throws Throwable {
    enter("class Files { static String lines(String x) { return x; } }");

    assertThat(enter("Files.lines(\"a\")")).isEqualTo("a");
  }
}
