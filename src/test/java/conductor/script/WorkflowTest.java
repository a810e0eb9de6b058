package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import conductor.effect.AgentEffect;
import conductor.effect.Program;
import conductor.effect.RecordedEffect;
import conductor.effect.Site;
import conductor.workflow.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script is told and tells: parameters, arguments, places, errors. */
class WorkflowTest {

  private final Recorder recorder = new Recorder();

  private static Workflow compile(String text) {
    return Language.compile("my_flow.groovy", text, Library.of(List.of()));
  }

  private Object run(String text) throws Throwable {
    return compile(text).program(Map.of(), null).run(recorder);
  }

  private String explained(String text) {
    Program program = compile(text).program(Map.of(), null);
    return program.explain(catchThrowable(() -> program.run(recorder)));
  }

  @Test
  void readsParametersAndDescriptionWithoutRunning() {
    Workflow workflow =
        compile(
            """
            /**
             * Runs the tests
             * until they pass.
             */
            @Param('how to test') String test_command = 'mvn -q test'
            @Param('how often') int rounds = 3
            @Param String target
            throw new IllegalStateException('it ran')
            """);

    assertThat(workflow.info().description()).isEqualTo("Runs the tests\nuntil they pass.");
    assertThat(workflow.info().parameters())
        .containsExactly(
            new ScriptInfo.Parameter("test_command", "String", false, "mvn -q test", "how to test"),
            new ScriptInfo.Parameter("rounds", "int", false, "3", "how often"),
            new ScriptInfo.Parameter("target", "String", true, "", ""));
  }

  @Test
  void aParameterIsGivenOrHasItsDefaultInMethodsToo() throws Throwable {
    Workflow workflow =
        compile(
            """
            @Param String a = 'x'
            @Param int n = 3
            @Param List names = ['p']
            def show() { "$a $n $names" }
            return show() + ' ' + params.a
            """);

    assertThat(workflow.program(Map.of("a", "y", "n", "5"), null).run(recorder))
        .hasToString("y 5 [p] y");
    assertThat(
            compile("@Param String a = 'x'\n@Param boolean b = false\nreturn [a, b]")
                .program(Map.of("b", "true"), null)
                .run(recorder))
        .hasToString("[x, true]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{colour=red} | the workflow has no parameter 'colour' - did you mean 'color'?; it has color, size?",
        "{} | the workflow needs the parameter 'color' (String), the paint: give --param color=...",
        "{color=x, size=big} | the parameter 'size' must be int, found big (String)",
      })
  void refusesParametersThatAreNotDeclared(String given, String message) {
    Workflow workflow = compile("@Param('the paint') String color\n@Param int size = 1\n1");
    var params = new java.util.TreeMap<String, String>();
    for (String pair : given.substring(1, given.length() - 1).split(", ", -1)) {
      if (!pair.isEmpty()) {
        params.put(pair.split("=", -1)[0], pair.split("=", -1)[1]);
      }
    }
    assertThatThrownBy(() -> workflow.program(params, null))
        .isInstanceOf(BadParameters.class)
        .hasMessage(message);
  }

  @Test
  void argumentsComeByNameInBothSpellingsAndByPosition() throws Throwable {
    run(
        """
        def env = yield CreateWorktree(name: 'x')
        yield RunAgent('claude', env, "do ${1 + 1}", idle_timeout: '5m')
        yield RunAgent(env: env, prompt: 'p', idleTimeout: 30)
        yield RunAgent(env, 'p')
        yield Sleep('1h')
        yield Random(6)
        """);

    assertThat(recorder.effects.get(1))
        .isInstanceOfSatisfying(
            AgentEffect.RunAgent.class,
            agent -> {
              assertThat(agent.type()).isEqualTo("claude");
              assertThat(agent.prompt()).isEqualTo("do 2");
              assertThat(agent.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
            });
    assertThat(recorder.effects.get(2))
        .isInstanceOfSatisfying(
            AgentEffect.RunAgent.class,
            agent -> assertThat(agent.idleTimeout()).isEqualTo(Duration.ofSeconds(30)));
    assertThat(recorder.effects.get(4)).isEqualTo(new RecordedEffect.Sleep(Duration.ofHours(1)));
    assertThat(recorder.effects.get(5)).isEqualTo(new RecordedEffect.Random(6L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yield CreateWorktree(isue: 1) | 1:22: CreateWorktree has no parameter 'isue' - did you mean 'issue'? signature: CreateWorktree(issue?, base_branch?, suffix?, name?, repo?, branch?, sparse?)",
        "def a = 1; yield Sleep() | 1:18: Sleep needs 'duration' (Duration ('10s', '5m', '1h', or seconds)); signature: Sleep(duration)",
        "def x = [yield Now(), yield Nov()] | 1:29: unknown effect 'Nov' - did you mean 'Now'?",
        "Now(); 3 | 1:1: Now is never performed: write yield Now(...)",
        "def t = System.currentTimeMillis() | 1:9: System.currentTimeMillis reaches for the clock",
        "def t = new Date() | 1:9: new Date reaches for the clock",
        "'ls'.execute() | 1:1: execute reaches for a process",
        "sleep(5) | 1:1: sleep reaches for the clock",
        "UUID.randomUUID() | 1:1: UUID.randomUUID reaches for chance",
        "new File('x').text | 1:1: new File reaches for a file",
        "synchronized (this) { yield Now() } | 1:23: yield inside a synchronized block",
        "[:].computeIfAbsent('a') { yield Now() } | 1:28: yield inside computeIfAbsent",
        "\"${-> yield Now()}\" | 1:7: yield inside a lazy part of a text",
        "def a = = 3 | 1:9: Unexpected input",
        "foo( | 1:",
      })
  void findsWhatIsWrongBeforeAnythingRuns(String text, String message) {
    assertThatThrownBy(() -> compile(text))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith("my_flow.groovy:" + message);
  }

  @Test
  void aLineMayAllowWhatTheChecksRefuse() throws Throwable {
    assertThat(run("def t = new Date(0) // conductor: allow\nt.time")).isEqualTo(0L);
  }

  @Test
  void anErrorTellsFileLineAndCallsInsideTheScriptOnly() {
    assertThat(
            explained(
                """
                def deep() {
                  yield Exec('false')
                }
                def outer() { deep() }
                yield Gather([{ outer() }])
                """))
        .isEqualTo(
            """
            my_flow.groovy:2:9: HandlerFailed: Exec could not be performed: false
                yield Exec('false')
              at my_flow.groovy:2 in deep
              at my_flow.groovy:4 in outer
              at my_flow.groovy:5\
            """);
  }

  @Test
  void aWrongNameAtRunTimeIsNamedWithTheNearest() {
    assertThat(explained("def total = 1\n\nreturn this.totl + total"))
        .startsWith("my_flow.groovy:3:13: unknown name 'totl' - did you mean 'total'?");
    assertThat(explained("def x = [1, 2]\nreturn x.name"))
        .startsWith("my_flow.groovy:2:10: MissingPropertyException: ");
  }

  /** P12. */
  @Test
  void aYieldOverSeveralLinesIsAtTheLineThatItBeginsIn() throws Throwable {
    String outer =
        """
        def all(said) {
          yield(
              Exec(
                said
              )
          )
        }
        """;

    assertThat(explained(outer + "all('a')"))
        .startsWith("my_flow.groovy:2:3: HandlerFailed: Exec could not be performed: a")
        .contains("\n  at my_flow.groovy:2 in all\n  at my_flow.groovy:8");
    assertThat(recorder.sites).extracting(Site::toString).containsExactly("my_flow.groovy:2");

    run("yield Gather([\n  Now(),\n  Uuid(),\n])\n[1].each {\n  perform(Gather([\nNow()\n]))}");
    assertThat(recorder.sites)
        .extracting(Site::toString)
        .filteredOn(site -> !site.equals("-")) // branches
        .containsExactly("my_flow.groovy:2", "my_flow.groovy:1", "my_flow.groovy:6");
  }

  @Test
  void anIllTypedArgumentIsShownWithItsValue() {
    assertThat(explained("def x = 'soon'\n  yield Sleep(x)"))
        .startsWith(
            "my_flow.groovy:2:9: Sleep's 'duration' must be Duration ('10s', '5m', '1h', or seconds), found soon (String)");
  }

  @Test
  void aFailureIsCaughtByItsType() throws Throwable {
    assertThat(
            run("try { yield Exec('x') } catch (HandlerFailed e) { return e.reason + e.effect }"))
        .hasToString("xExec");
  }

  @Test
  void effectsKnowWhereTheyWereAskedFor() throws Throwable {
    run("def helper() {\n  yield Get('1')\n}\n\nhelper()\n");

    assertThat(recorder.sites.getFirst().frames())
        .extracting(Object::toString)
        .containsExactly("my_flow.groovy:2 in helper", "my_flow.groovy:5");
  }

  @Test
  void classesComeFromTheSourceRootsAndAreNamed(@TempDir Path root) throws Throwable {
    Files.createDirectories(root.resolve("tools"));
    Files.writeString(
        root.resolve("tools/Loops.groovy"),
        "package tools\nclass Loops { static twice() { [yield Get('1'), yield Get('2')] } }\n");

    Workflow workflow =
        Language.compile(
            "my_flow.groovy",
            "import tools.Loops\nreturn Loops.twice()",
            Library.of(List.of(root)));

    assertThat(workflow.program(Map.of(), null).run(recorder)).hasToString("[1, 2]");
    assertThat(workflow.loaded()).containsExactly(root.resolve("tools/Loops.groovy"));
  }

  @Test
  void tellsWhichEffectsItMentions() {
    assertThat(compile("def e = yield CreateWorktree()\nyield RunAgent(e, 'x')").needs().effects())
        .containsExactlyInAnyOrder("CreateWorktree", "RunAgent");
  }
}
