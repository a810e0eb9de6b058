package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.script.Library;
import conductor.script.Recorder;
import conductor.script.ScriptErrors;
import conductor.script.Workflow;
import conductor.workflow.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay would see otherwise is found however it is spelt (A52), or made the same (A50). */
class HazardFinderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LocalDate.now()",
        "java.time.LocalDateTime.now()",
        "java.time.ZonedDateTime.now()",
        "java.time.OffsetDateTime.now()",
        "java.time.Year.now()",
        "java.time.Clock.systemUTC().instant()",
        "System.nanoTime()",
        "Calendar.getInstance().time",
        "Calendar.instance.time",
        "new java.sql.Timestamp(System.currentTimeMillis())",
        "new Random().nextInt()",
        "[1, 2, 3].shuffled()",
        "[1, 2, 3].shuffle()",
        "Collections.shuffle([1, 2, 3])",
        "java.util.concurrent.ThreadLocalRandom.current().nextInt()",
        "new java.security.SecureRandom().nextInt()",
        "UUID.randomUUID()",
        "java.util.UUID.randomUUID()",
        "new Object().hashCode()",
        "System.identityHashCode('x')",
        "new Object().toString()",
        "Thread.currentThread().name",
        "['ls'].execute().text",
        "'ls'.execute().text",
        "new ProcessBuilder('ls').start()",
        "Runtime.runtime.exec('ls')",
        "Runtime.getRuntime().availableProcessors()",
        "new File('x').exists()",
        "'x' as File",
        "new java.io.FileReader('x').text",
        "java.nio.file.Files.exists(java.nio.file.Path.of('x'))",
        "java.nio.file.Path.of('x').toFile().text",
        "java.nio.file.Path.of('x').text",
        "new URL('http://localhost').text",
        "'http://localhost'.toURL().text",
        "java.net.InetAddress.getLocalHost().hostName",
        "System.getProperty('user.name')",
        "System.properties['user.name']",
        "System.env.HOME",
        "System.getenv('HOME')",
        "System.in.text",
        "new Scanner(System.in).nextLine()",
        "System.console()",
        "[1, 2].parallelStream().map { it }.toList()",
        "java.util.concurrent.CompletableFuture.supplyAsync { 1 }.get()",
        "Thread.start { }",
        "new Timer()",
        "new GroovyShell().evaluate('1')",
        "Eval.me('1')",
        "evaluate('1 + 1')",
        "TimeZone.default.ID",
        "Locale.default",
        "java.time.ZoneId.systemDefault()",
        "new Date()",
        "new Date(0).format('HH')",
        "String.format('%tc', new Date())",
        "java.lang.management.ManagementFactory.runtimeMXBean.name",
        "ProcessHandle.current().pid()",
        "Class.forName('java.util.Date').newInstance()",
        "'java.util.Date'.class.forName('java.util.Date').getDeclaredConstructor().newInstance()",
        "Instant.now()",
        "Instant.MIN.until(Instant.now(), java.time.temporal.ChronoUnit.DAYS)",
        "sleep(10)",
        "Math.random()",
        "Instant::now",
        "(File) 'x'",
        "({ import0 -> System.env }).call(1)"
      })
  void isFound(String expression) {
    String text = "def v = %s\nreturn v.toString()".formatted(expression);

    assertThatThrownBy(() -> Language.compile("flow.groovy", text, Library.of(List.of())))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageContaining("flow.groovy:1:")
        .hasMessageContaining("reaches for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.lineSeparator()",
        "'abc'.hashCode()",
        "new Date(0).time",
        "java.nio.file.Path.of('a/b').fileName.toString()",
        "java.time.Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC).instant()",
        "[text: 1].text",
        "URI.create('http://x').host",
        "new Timer().now()"
      })
  void whatIsTheSameInAReplayIsLeftAlone(String expression) {
    String text = "class Timer { def now() { 1 } }\nreturn %s".formatted(expression);

    assertThat(Language.compile("flow.groovy", text, Library.of(List.of())).warnings()).isEmpty();
  }

  @Test
  void mapsAndSetsOfWorkflowsInJavaAreInTheOrderInWhichTheyAreWritten() throws Throwable {
    String text =
        """
        var all = new ArrayList<Object>(Map.of("one", 1, "two", 2, "three", 3, "four", 4).keySet());
        all.addAll(Set.of("api", "web", "docs", "tests"));
        all.addAll(Set.of(new Integer[] {3, 2, 1}));
        all.toString()
        """;

    assertThat(
            Language.compile("flow.jsh", text, Library.of(List.of()))
                .program(Map.of(), null)
                .run(new Recorder()))
        .isEqualTo("[one, two, three, four, api, web, docs, tests, 3, 2, 1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "1 + 1 // two",
        "1 + 1\n// two\n",
        "int n = 2;\nn",
        "int two() { return 2; } two()"
      })
  void theLastSemicolonMayBeLeftOut(String text) throws Throwable {
    assertThat(
            Language.compile("flow.jsh", text, Library.of(List.of()))
                .program(Map.of(), null)
                .run(new Recorder()))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n.groovy | def n = 2; return n",
        "n.groovy | @Param('x') int n = 2; return n",
        "issue.groovy | def a = 2; return issue ?: a",
        "holder.groovy | class holder { int n = 2 }; return new holder().n",
        "bom.groovy | \uFEFFreturn 2",
        "bom.jsh | \uFEFF1 + 1",
      })
  void theNameAndBytesOfAFileDoNotMatter(String file, String text) throws Throwable {
    assertThat(
            Language.compile(file, text, Library.of(List.of()))
                .program(Map.of(), null)
                .run(new Recorder()))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def base = 'x'; def m() { base }; m() | give it to the method, or declare it with '@Field def base = ...'",
        "@Grab('a:b:1') import a.B; new B() | flow.groovy:1:1: @Grab is not supported",
        "@Grab('a:b:1') @GrabConfig(systemClassLoader = true) def x = 1; x | Exec(['jbang', 'Tool.java', argument])",
        "@groovy.lang.Grapes(@Grab('a:b:1')) class A {}; 1 | @Grapes is not supported",
        "@groovy.transform.ASTTest(value = { new File('ran').text = 'x' }) class A {}; 1 | @ASTTest is not supported: it runs code while the script is compiled",
        "import groovy.transform.ASTTest as T; @T(value = { new File('ran').text = 'x' }) def x = 1; x | @ASTTest is not supported",
        "import groovy.transform.*; @AnnotationCollector([ASTTest]) @interface X {}; 1 | @AnnotationCollector is not supported",
        "@groovy.transform.CompileStatic(extensions = 'evil') class A {}; 1 | @CompileStatic(extensions: ...) is not supported",
        "@org.codehaus.groovy.transform.GroovyASTTransformationClass('Evil') @interface X {}; 1 | @GroovyASTTransformationClass is not supported",
        "groovy.grape.Grape.grab('a:b:1') | Grape.grab reaches for the network",
        "new groovy.json.JsonSlurper().parse('a'.bytes) | use parseText(yield ReadFile(env, path))",
      })
  void errorsSayWhatToWrite(String text, String remedy) {
    assertThatThrownBy(() -> Language.compile("flow.groovy", text, Library.of(List.of())))
        .hasMessageContaining(remedy);
  }

  /** A89, P18. */
  @Test
  void scriptsReadAndWriteJsonAsOtherGroovyScriptsDo() throws Throwable {
    String text =
        """
        import groovy.json.*
        def value = new JsonSlurper().parseText('{"a": [1, 2.5, null]}')
        return JsonOutput.toJson(value.a)
        """;

    assertThat(
            Language.compile("flow.groovy", text, Library.of(List.of()))
                .program(Map.of(), null)
                .run(new Recorder()))
        .isEqualTo("[1,2.5,null]");
  }

  @Test
  void scriptsReadJson() throws Throwable {
    String text = "def v = Json.parse('{\"a\": [1, 2.5, null]}'); Json.text(v.a)";

    assertThat(
            Language.compile("flow.groovy", text, Library.of(List.of()))
                .program(Map.of(), null)
                .run(new Recorder()))
        .isEqualTo("[1,2.5,null]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def m = []; for (int i = 0; i < 3; i++) { m << { i } }; m",
        "for (int i = 0; i < 3; i++) { yield Spawn { i } }",
      })
  void closuresThatShareALoopsVariableAreWarnedOf(String text) {
    assertThat(Language.compile("flow.groovy", text, Library.of(List.of())).warnings())
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.message())
                .contains("its last value in every branch")
                .contains("write for (i in ...)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (f in ['a']) { [1].each { f } }",
        "def m = [:]; for (f in ['a']) { m[f] = { f } }; m",
        "for (int i = 0; i < 3; i++) { def mine = i; yield Spawn { mine } }",
        "for (f in ['a']) { def g = f; yield Spawn { g } }",
        "for (f in ['a']) { yield Gather([{ f }, { 1 }]) }",
      })
  void otherClosuresInLoopsAreNot(String text) {
    assertThat(Language.compile("flow.groovy", text, Library.of(List.of())).warnings()).isEmpty();
  }

  /** A9: as with {@code each}, a closure that runs later sees its own iteration's value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for (f in [1, 2]) { later << { f } }",
        "for (int f in [1, 2]) later << { f }",
        "for (def f : [1, 2]) { later << { f += 0; f } }",
        "if (true) for (f in [1, 2]) later << { f }",
        "for (i in [0]) for (f in [1, 2]) later << { f + i }",
        "while (later.empty) for (f in [1, 2]) later << { f }",
        "outer: for (f in [1, 5, 2, 3]) { if (f == 5) continue outer; if (f == 3) break outer; later << { f } }",
        "for (int at, f in [1, 2]) { later << { f } }",
        "for (f in [a: 1, b: 2]) { later << { f.value } }",
        "def fill = { for (f in [1, 2]) { later << { f } } }; fill()",
        "try { for (f in [1, 2]) { later << { f } } } finally { later.size() }",
        "for (String f in ['1', '2']) { later << { f as int } }",
      })
  void eachIterationHasItsOwnVariable(String loop) throws Throwable {
    String text = "def later = []\n" + loop + "\nreturn later.collect { it() }.toString()";
    Workflow workflow = Language.compile("flow.groovy", text, Library.of(List.of()));

    assertThat(workflow.warnings()).isEmpty();
    assertThat(workflow.program(Map.of(), null).run(new Recorder())).isEqualTo("[1, 2]");
  }
}
