package conductor.script.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import conductor.effect.Program;
import conductor.script.CompiledCache;
import conductor.script.Finding;
import conductor.script.Library;
import conductor.script.Recorder;
import conductor.script.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow in Java that is found compiled does what it did when it was compiled. */
class KeptJavaWorkflowTest {

  @TempDir private Path temp;

  @Test
  void isWhatWasCompiled() throws Throwable {
    String text =
        """
        /** Greets. */
        @Param("whom") String name = "world";
        enum Mood { GLAD, SAD }
        @Param Mood mood = Mood.GLAD;
        var got = perform(Get("1"));
        name + got + mood + params.get("name")
        """;
    Workflow compiled = compile(text);
    assertThat(kept()).hasSize(1);

    Workflow found = compile(text);

    assertThat(found.info()).isEqualTo(compiled.info());
    assertThat(found.needs()).isEqualTo(compiled.needs());
    assertThat(found.vocabulary().names()).isEqualTo(compiled.vocabulary().names());
    var recorder = new Recorder();
    Map<String, String> params = Map.of("name", "Ada", "mood", "SAD");
    assertThat(found.program(params, null).run(recorder)).isEqualTo("Ada1SADAda");
    assertThat(recorder.sites).extracting(Object::toString).containsExactly("it.jsh:5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int twice(int n) { return helper(n) * 2; }\nint helper(int n) { return n; }\ntwice(2)",
        "int n() { return 1; }\nint was = n();\nint n() { return 2; }\nwas + n()",
        "int a = 1;\nString a = \"now \" + 2;\na",
        "record P(int x) {}\nvar p = new P(1);\nrecord P(int x, int y) {}\nnew P(1, 2).toString()",
        "int n = 1;\nint m = n + 1;\nn = 5;\nlong n = 7;\nm + n",
        "for (int i = 0; i < 9; i++) { if (i == 3) return \"r\" + i; }",
        "import java.util.concurrent.atomic.AtomicInteger;\nnew AtomicInteger(3).get()",
        "Map.of(\"b\", 1, \"a\", 2).toString() + Set.of(3, 1, 2)",
        "interface Shape { int area(); }\nShape s = () -> 4;\ns.area()",
        "List<Object> both = perform(Gather(() -> perform(Get(\"1\")), () -> 2));\nboth",
        "int unused = 1;"
      })
  void hasTheSameValue(String text) throws Throwable {
    Object first = run(compile(text));
    assertThat(kept()).hasSize(1);

    assertThat(run(compile(text))).isEqualTo(first);
  }

  @Test
  void eachRunHasItsOwnVariables() throws Throwable {
    String text = "int count = 0;\ncount++;\ncount";
    compile(text);
    Workflow found = compile(text);

    assertThat(run(found)).isEqualTo(1);
    assertThat(run(found)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int greet() {\n  throw new IllegalStateException(\"no\");\n}\nperform(Get(\"1\"));\ngreet();",
        "perform(Get(\"1\"));\nint n = 0;\nint m =\n  1 / n;\nm",
        "perform(Get(\"1\"));\nSystem.exit(3); // conductor: allow"
      })
  void failsAtTheSamePlace(String text) {
    var compiled = new Recorder();
    String first = explained(compile(text), compiled);
    var found = new Recorder();

    assertThat(explained(compile(text), found)).isEqualTo(first).contains("it.jsh:");
    assertThat(kept()).hasSize(1);
    assertThat(found.effects).hasSize(1).isEqualTo(compiled.effects);
    assertThat(found.sites).extracting(Object::toString).first().isEqualTo(site(compiled));
  }

  @Test
  void isCompiledAgainWhenItsTextIsAnother() throws Throwable {
    assertThat(run(compile("1 + 1"))).isEqualTo(2);
    assertThat(run(compile("1 + 2"))).isEqualTo(3);
    assertThat(kept()).hasSize(2);
  }

  @Test
  void isNotKeptWhenThereIsSomethingToWarnOf() {
    String text = "@Param String unused = \"\";\n1";

    assertThat(compile(text).warnings()).isNotEmpty();
    assertThat(kept()).isEmpty();
    assertThat(compile(text).warnings()).extracting(Finding::line).containsExactly(1);
  }

  @Test
  void isNotKeptBesideEffectsOfItsOwn() throws Throwable {
    Path file =
        Files.writeString(
            temp.resolve("Doubled.groovy"), "@Effect('doubles') def Doubled(int n) { n * 2 }");
    var library = new Library(List.of(), List.of(file), Optional.of(cache()));

    JavaWorkflow.compile("it.jsh", "Object n = perform(Doubled(2));\nn", library);

    assertThat(kept()).isEmpty();
  }

  @Test
  void isNotKeptWhenItDoesNotCompile() {
    assertThat(catchThrowable(() -> compile("int n = \"a\";"))).hasMessageContaining("it.jsh:1");
    assertThat(kept()).isEmpty();
  }

  @Test
  void isCompiledAgainWhenWhatIsKeptIsNoWorkflow() throws Throwable {
    cache().keep(cache().key("it.jsh", "1 + 1"), new byte[] {0, 0, 0, 9});

    assertThat(run(compile("1 + 1"))).isEqualTo(2);
  }

  @Test
  void isCompiledWhereItCannotBeKept() throws Throwable {
    String half = "String.valueOf(\"" + "x".repeat(40_000) + "\")";
    String text = "@Param String a = " + half + " + " + half + ";\na.length()";

    assertThat(run(compile(text))).isEqualTo(80_000);
    assertThat(kept()).isEmpty();
  }

  /** Counts the work: a process that finds the workflow compiled loads no class of a compiler. */
  @Test
  void isFoundWithoutACompiler() throws Exception {
    String compiling = loadedBySecond();
    assertThat(compiling).contains(" jdk.jshell.", " com.sun.tools.javac.");

    String finding = loadedBySecond();

    assertThat(finding).contains(" conductor.script.java.JavaProgram ", "result 2");
    assertThat(finding).doesNotContain(" jdk.jshell.", " com.sun.tools.javac.", "Instrumentation ");
    assertThat(finding).as("annotations of effects").doesNotContain("__dynamic_proxy__");
  }

  /** Compiles and runs a workflow in a process of its own. */
  static final class Second {

    public static void main(String[] arguments) throws Throwable {
      var cache = new CompiledCache(Path.of(arguments[0]), "test");
      Library library = Library.of(List.of()).kept(Optional.of(cache));
      Program program = JavaWorkflow.compile("it.jsh", "1 + 1", library).program(Map.of(), null);
      System.out.println("result " + program.run(new Recorder()));
    }
  }

  private String loadedBySecond() throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:stdout",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Second.class.getName(),
            temp.resolve("compiled").toString());
    Process process = builder.redirectErrorStream(true).start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(loaded).isZero();
    return loaded;
  }

  private CompiledCache cache() {
    return new CompiledCache(temp.resolve("compiled"), "test");
  }

  private Workflow compile(String text) {
    return JavaWorkflow.compile("it.jsh", text, Library.of(List.of()).kept(Optional.of(cache())));
  }

  private List<Path> kept() {
    Path directory = temp.resolve("compiled");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object run(Workflow workflow) throws Throwable {
    return workflow.program(Map.of(), null).run(new Recorder());
  }

  private static String explained(Workflow workflow, Recorder recorder) {
    Program program = workflow.program(Map.of(), null);
    return program.explain(catchThrowable(() -> program.run(recorder)));
  }

  private static String site(Recorder recorder) {
    return recorder.sites.getFirst().toString();
  }
}
