package conductor.script.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import conductor.effect.AgentEffect;
import conductor.effect.BadArguments;
import conductor.effect.Control;
import conductor.effect.Program;
import conductor.effect.RecordedEffect;
import conductor.effect.RunEffect;
import conductor.script.BadParameters;
import conductor.script.Finding;
import conductor.script.Library;
import conductor.script.Recorder;
import conductor.script.ScriptErrors;
import conductor.script.ScriptInfo;
import conductor.script.Workflow;
import conductor.script.YieldSite;
import conductor.workflow.Language;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workflows in Java: the same vocabulary, parameters, checks and errors as in Groovy. */
class JavaWorkflowTest {

  private final Recorder recorder = new Recorder();

  private static Workflow compile(String text) {
    return Language.compile("flow.jsh", text, Library.of(List.of()));
  }

  private Object run(String text) throws Throwable {
    return compile(text).program(Map.of(), null).run(recorder);
  }

  @Test
  void effectsAreConstructedWithTheirRequiredArgumentsAndWithMethods() throws Throwable {
    Object value =
        run(
            """
            /** Says hello. */
            import java.util.stream.*;

            int twice(int n) { return helper(n) * 2; }
            int helper(int n) { return n; }
            var env = perform(CreateWorktree().withName("x"));
            String branch = env.branch();
            perform(RunAgent(env, "do " + twice(3)).withType("claude").withIdleTimeout("5m"));
            perform(Sleep("1h"));
            for (int i = 0; i < 2; i++) {
              perform(Get(String.valueOf(i)));
            }
            branch + Stream.of(1, 2).map(n -> n + 1).toList()
            """);

    assertThat(value).isEqualTo("conductor/x[2, 3]");
    assertThat(recorder.effects.get(1))
        .isInstanceOfSatisfying(
            AgentEffect.RunAgent.class,
            agent -> {
              assertThat(agent.type()).isEqualTo("claude");
              assertThat(agent.prompt()).isEqualTo("do 6");
              assertThat(agent.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
            });
    assertThat(recorder.effects.get(2)).isEqualTo(new RecordedEffect.Sleep(Duration.ofHours(1)));
    assertThat(recorder.sites)
        .extracting(Object::toString)
        .containsExactly("flow.jsh:6", "flow.jsh:8", "flow.jsh:9", "flow.jsh:11", "flow.jsh:11");
    assertThat(compile("/** Says\n * hello. */\n1").info().description()).isEqualTo("Says\nhello.");
  }

  @Test
  void parametersAreDeclaredAndGiven() throws Throwable {
    Workflow workflow =
        compile(
            """
            // first
            @Param("who") String name = "wor" +
                "ld";
            @Param int times = 2;
            @Param("needed") List<String> tags;
            name + times + tags + params.get("times")
            """);

    assertThat(workflow.info().parameters())
        .extracting(
            ScriptInfo.Parameter::name,
            ScriptInfo.Parameter::type,
            ScriptInfo.Parameter::required,
            ScriptInfo.Parameter::about)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("name", "String", false, "who"),
            org.assertj.core.groups.Tuple.tuple("times", "int", false, ""),
            org.assertj.core.groups.Tuple.tuple("tags", "List<String>", true, "needed"));
    assertThat(workflow.program(Map.of("tags", "a,b", "times", "5"), null).run(recorder))
        .isEqualTo("world5[a, b]5");
    assertThatThrownBy(() -> workflow.program(Map.of(), null)).isInstanceOf(BadParameters.class);
  }

  @Test
  void anEffectMayBeKeptAndPerformedLater() throws Throwable {
    assertThat(run("var kept = Get(\"1\");\nperform(kept)")).isEqualTo(1);
    assertThatThrownBy(() -> compile("var kept = Get(\"1\");"))
        .hasMessageContaining("Get is never performed");
  }

  @Test
  void controlsTakeEffectsAndLambdas() throws Throwable {
    assertThat(run("List<Object> both = perform(Gather(Get(\"1\"), Get(\"2\")));\nboth"))
        .isEqualTo(List.of(1, 2));
    assertThat(
            run("perform(Gather(() -> perform(Get(\"1\")), () -> (Object) perform(Get(\"2\"))))"))
        .isEqualTo(List.of(1, 2));
    assertThat(run("perform(Gather(Map.of(\"b\", Get(\"1\"), \"a\", Get(\"2\"))))"))
        .hasToString("{a=2, b=1}");
    assertThat(
            run(
                "handling(Get.class, (get, onward) -> onward.apply(get) + \"!\", () -> perform(Gather(() -> perform(Get(\"x\")))))"))
        .isEqualTo(List.of("x!"));
    assertThat(recorder.effects).anyMatch(Control.Handled.class::isInstance);
    assertThat(
            run(
                "var x = perform(Get(\"1\"));\nvar tried = perform(Try(Now()));\nx + \" \" + tried"))
        .isEqualTo("1 null");
  }

  @Test
  void withoutALastExpressionThereIsNoResult() throws Throwable {
    assertThat(run("var a = 1;\nif (a == 1) { a++; }")).isNull();
    assertThat(run("int a = 1;\na + 1;")).isEqualTo(2);
  }

  /** S2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if (given(\"n\") == null) { return \"early\"; }               | early",
        "return \"early\";                                            | early",
        "if (true) return \"early\"; else return \"other\";           | early",
        "for (int i = 0; i < 9; i++) { if (i == 3) return \"r\" + i; } | r3",
        "try { return \"r\"; } finally { perform(Get(\"last\")); }     | r",
        "{ return null; }                                             |",
        "switch (2) { case 2: return \"two\"; default: }              | two",
      })
  void aReturnAtTheTopLevelEndsTheWorkflowWithItsValue(String text, String value) throws Throwable {
    assertThat(run(text + "\nperform(Get(\"never\"));\n\"end\"")).isEqualTo(value);
    assertThat(recorder.effects).doesNotContain(new RunEffect.Get("never"));
  }

  @Test
  void aReturnThatIsNotReachedOrNotAtTheTopLevelEndsNothing() throws Throwable {
    assertThat(
            run(
                """
                if (params.size() > 0) { return 1; }
                int one() { return 1; }
                Supplier<Integer> two = () -> { return 2; };
                for (int i = 0; i < 2; i++) {
                  Supplier<Integer> three = () -> { return 3; };
                  three.get();
                }
                one() + two.get()
                """))
        .isEqualTo(3);
    assertThatThrownBy(() -> compile("1;\nif (true) { return; }"))
        .hasMessageContaining("flow.jsh:2:13: a return without a value");
  }

  /** S3: javac 25 breaks at joining a text with a value of a type that is no class. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "String res = \"a\" + v;",
        "for (int i = 0; i < 1; i++) { String s = \"a\" + v; }",
        "int f() { return (\"a\" + v).length(); }",
        "class C { String s = \"a\" + v; }",
      })
  void aCompilerThatBreaksIsAnErrorOfItsLine(String text) {
    assertThatThrownBy(() -> compile("var v = List.of(\"\", 0);\n" + text + "\nvar w = 1;\nw"))
        .isInstanceOfSatisfying(
            ScriptErrors.class, errors -> assertThat(errors.findings()).hasSize(1))
        .hasMessageMatching(
            "(?s)flow.jsh:2:1: the Java compiler itself fails at this \\(\\w+\\): .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int a = 1;\\nString b = a;|flow.jsh:2:12: incompatible types: int cannot be converted to String",
        "var env = perform(CreateWorktre());|flow.jsh:1:19: unknown effect 'CreateWorktre' - did you mean 'CreateWorktree'?",
        "int f() {\\n  return g();\\n}|flow.jsh:1:1: cannot find method g()",
        "void f() {\\n  perform(new Exec(\"x\"));\\n}|flow.jsh:2:11: Exec takes (CommandEffect.Command, WorktreeEnv",
        "int f( {|flow.jsh:1:",
        "var a = 1;\\nCreateWorktree();\\na|flow.jsh:2:1: CreateWorktree is never performed: write perform(CreateWorktree(...))",
        "void f() {\\n  Now();\\n}|flow.jsh:2:3: Now is never performed: write perform(Now(...))",
        "var env = CreateWorktree().withName(\"x\");|flow.jsh:1:11: CreateWorktree is never performed",
        "var t = System.currentTimeMillis();|flow.jsh:1:9: System.currentTimeMillis reaches for the clock, and a replay would see something else: use perform(Now())",
        "var r = new java.util.Random();|flow.jsh:1:9: new Random reaches for chance",
        "System.exit(3);|flow.jsh:1:1: System.exit reaches for the process",
        "synchronized (params) { perform(Now()); }|flow.jsh:1:25: perform inside a synchronized block is not replayed in order",
      })
  void whatIsWrongIsFoundBeforeAnythingRuns(String text, String message) {
    assertThatThrownBy(() -> compile(text.replace("\\n", "\n")))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageContaining(message);
  }

  @Test
  void anUnusedParameterIsAWarning() {
    assertThat(compile("@Param int n = 1;\n2").warnings())
        .extracting(Finding::toString)
        .first()
        .asString()
        .startsWith("flow.jsh:1:12: warning: the parameter 'n' is not used");
  }

  @Test
  void anErrorTellsFileLineAndCallsInsideTheScriptOnly() {
    Program program =
        compile(
                """
                void deep() {
                  perform(Exec("false"));
                }

                void outer() { deep(); }
                perform(Gather(() -> { outer(); return 1; }));
                """)
            .program(Map.of(), null);

    assertThat(program.explain(catchThrowable(() -> program.run(recorder))))
        .isEqualTo(
            """
            flow.jsh:2:11: HandlerFailed: Exec could not be performed: false
                perform(Exec("false"));
              at flow.jsh:2 in deep
              at flow.jsh:5 in outer
              at flow.jsh:6\
            """);
    Program other = compile("int[] none = {};\n\nint n = none[3];").program(Map.of(), null);
    assertThat(other.explain(catchThrowable(() -> other.run(recorder))))
        .startsWith("flow.jsh:3:1: ArrayIndexOutOfBoundsException: Index 3");
  }

  @Test
  void aWorkflowThatEndsTheProcessDoesNot() {
    assertThatThrownBy(() -> run("System.exit(3); // conductor: allow\n1"))
        .isInstanceOf(BadArguments.class)
        .hasMessageStartingWith("System.exit(3) would end conductor, not the workflow");
  }

  @Test
  void itSaysWhatItUses() {
    Workflow workflow =
        compile(
            "var e = perform(CreateWorktree(issue));\nperform(RunAgent(e, \"x\").withType(\"claude\"));");

    assertThat(workflow.needs().effects()).containsExactlyInAnyOrder("CreateWorktree", "RunAgent");
    assertThat(workflow.needs().agentTypes()).containsExactly("claude");
    assertThat(workflow.needs().defaultAgent()).isFalse();
    assertThat(workflow.needs().issue()).isTrue();
    assertThat(compile("issue == null ? 1 : 2").needs().issue()).isFalse();
    assertThat(workflow.needs().sites())
        .extracting(YieldSite::what)
        .contains("CreateWorktree", "RunAgent");
  }

  /** N15. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "perform(Sleep(\"5 parsecs\")); | 1:15: Sleep's 'duration' must be Duration",
        "perform(Exec(\"ls\").withTimeout(\"soon\")); | 1:32: Exec's 'timeout' must be Duration",
        "perform(Exec(\"ls\").withCheck(true).withTimeout(\"5 x\")); | 1:48: Exec's 'timeout'",
        "var x = perform(Exec(\"a\"); | 1:26: ')' or ',' expected",
      })
  void findsWhatIsWrongBeforeItRuns(String text, String message) {
    assertThatThrownBy(() -> compile(text + "\n\"end\""))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith("flow.jsh:" + message);
  }

  /** N15. */
  @Test
  void theFirstLineMaySayWhatRunsIt() throws Throwable {
    assertThat(run("#!/usr/bin/env -S conductor run\nperform(Get(\"k\"));\n\"end\""))
        .isEqualTo("end");
    assertThatThrownBy(() -> compile("#!/usr/bin/conductor\nnope"))
        .hasMessageStartingWith("flow.jsh:2:1: unknown name");
  }

  /** N10. */
  @Test
  void aTypeOfItsOwnIsNotTheHosts() throws Throwable {
    String own = "class Files { static String lines(String x) { return x; } }\nrecord Date() {}\n";

    assertThat(run(own + "new Date();\nFiles.lines(\"a\")")).isEqualTo("a");
    assertThatThrownBy(() -> compile(own + "java.nio.file.Files.readString(Path.of(\"a\"))"))
        .hasMessageContaining("Files.readString reaches for a file");
    assertThatThrownBy(() -> compile("new Date()")).hasMessageContaining("new Date reaches");
  }

  /** S19. */
  @Test
  void recordsMayHaveConstructorsOfTheirOwn() throws Throwable {
    String record =
        """
        /** Not below 0. */ record P(int a) { static int n = 1; P { if (a < 0) { throw new IllegalArgumentException("below"); } } P() { this(n); } int nope() { return new P(2).a(); } }
        record Q<T>(T a) {
          Q(T a) { this.a = Objects.requireNonNull(a); }
          static Q<String> of() { return new Q<>("q"); }
        }
        """;

    assertThat(run(record + "new P().a() + new P(4).nope() + Q.of().a()")).isEqualTo("3q");
    assertThatThrownBy(() -> compile(record.replace("new P(2).a()", "\"x\"")))
        .hasMessageStartingWith(
            "flow.jsh:1:%d: incompatible types".formatted(record.indexOf("new P(2)") + 1));
  }

  /** S19. */
  @Test
  void aSealedTypeByItselfIsToldWhereToStand() {
    assertThatThrownBy(() -> compile("sealed interface S {}\nrecord A() implements S {}\n1"))
        .hasMessageContaining(
            "flow.jsh:1:8: each declaration at the top level is compiled by itself");
    String nested =
        "interface All { sealed interface S {} record A() implements S {} }\nAll.S s = new All.A();\nint n = switch (s) { case All.A a -> 1; };\nn";
    assertThat(compile(nested).warnings()).isEmpty();
  }

  /** S19. */
  @Test
  void aMainThatNobodyCallsIsToldOf() {
    assertThat(compile("public static void main(String[] a) { perform(Now()); }").warnings())
        .anySatisfy(warning -> assertThat(warning.message()).startsWith("nobody calls main"));
    assertThat(compile("void main() { perform(Now()); }\nmain()").warnings())
        .noneSatisfy(warning -> assertThat(warning.message()).startsWith("nobody"));
  }
}
