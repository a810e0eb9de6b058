package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.Program;
import conductor.effect.RunEffect;
import conductor.script.CompiledCache;
import conductor.script.Library;
import conductor.script.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptWorkflowTest {

  private static final String TEXT =
      """
      /** Greets. */
      @Param('whom') String name = 'world'
      def said = ['Hello', name].collect { word -> yield Status(word); word }
      said.join(' ')
      """;

  @TempDir private Path temp;
  private Path first;
  private Path second;

  @BeforeEach
  void makeTheLibrary() throws IOException {
    first = Files.createDirectory(temp.resolve("first"));
    second = Files.createDirectory(temp.resolve("second"));
  }

  @Test
  void isWhatWasCompiled() {
    Workflow compiled = compile(TEXT);
    assertThat(kept()).hasSize(1);

    Workflow found = compile(TEXT);

    assertThat(found.info()).isEqualTo(compiled.info());
    assertThat(found.needs()).isEqualTo(compiled.needs());
    assertThat(found.vocabulary().names()).isEqualTo(compiled.vocabulary().names());
    var asked = new ArrayList<String>();
    assertThat(run(found.program(Map.of("name", "Ada"), null), asked)).isEqualTo("Hello Ada");
    assertThat(asked).containsExactly("Hello", "Ada");
  }

  @Test
  void eachRunHasItsOwn() {
    compile(TEXT);
    var one = new ArrayList<String>();
    var other = new ArrayList<String>();
    Program program = compile(TEXT).program(Map.of(), null);
    Program another = compile(TEXT).program(Map.of(), null);

    run(program, one);
    run(another, other);

    assertThat(one).hasSize(2);
    assertThat(other).hasSize(2);
  }

  @Test
  void explainsErrorsAsTheCompiledOneDoes() {
    String text = "def greet() {\n  throw new IllegalStateException('no')\n}\ngreet()\n";
    Program compiled = compile(text).program(Map.of(), null);
    Program found = compile(text).program(Map.of(), null);

    assertThat(explained(found))
        .isEqualTo(explained(compiled))
        .contains("it.groovy:2", "throw new IllegalStateException");
  }

  @Test
  void isCompiledAgainWhenAnImportedFileChanged() throws IOException {
    Path file =
        Files.writeString(second.resolve("Tool.groovy"), "class Tool { static int n() { 1 } }");
    String text = "Tool.n()";
    assertThat(run(compile(text))).isEqualTo(1);
    assertThat(kept()).hasSize(1);
    Workflow found = compile(text);
    assertThat(found.loaded()).containsExactly(file);
    assertThat(run(found)).isEqualTo(1);

    Files.writeString(file, "class Tool { static int n() { 2 } }");
    assertThat(run(compile(text))).isEqualTo(2);

    Files.writeString(first.resolve("Tool.groovy"), "class Tool { static int n() { 3 } }");
    assertThat(run(compile(text))).isEqualTo(3);
  }

  @Test
  void isCompiledAgainWhenAnImportedFileIsGone() throws IOException {
    Path file =
        Files.writeString(second.resolve("Tool.groovy"), "class Tool { static int n() { 1 } }");
    compile("Tool.n()");

    Files.delete(file);

    assertThatThrownBy(() -> compile("Tool.n()"))
        .isInstanceOf(conductor.script.ScriptErrors.class)
        .hasMessageContaining("Tool");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Effect('doubles') def Doubled(int n) { n * 2 }\nyield Doubled(2)",
        "def m = []; for (int i = 0; i < 3; i++) { m << { i } }; m",
        "return 'ClassLoader'"
      })
  void isNotKeptWhenThereIsMoreToIt(String text) {
    compile(text);

    assertThat(kept()).isEmpty();
  }

  @Test
  void isCompiledWhereItCannotBeKept() throws IOException {
    Files.write(
        second.resolve("Tool.groovy"),
        "class Tool { /* caf\u00e9 */ static int n() { 1 } }"
            .getBytes(StandardCharsets.ISO_8859_1));
    String huge = "'" + "x".repeat(40_000) + "'";

    assertThat(run(compile("Tool.n()"))).isEqualTo(1);
    assertThat(run(compile("Tool.n()"))).isEqualTo(1);
    assertThat(run(compile("@Param def a = " + huge + " + " + huge + "\na.length()")))
        .isEqualTo(80_000);
  }

  @Test
  void isCompiledAgainWhenItsClassesCannotBeLoaded() throws IOException {
    compile("1 + 1");
    var cache = new CompiledCache(temp.resolve("compiled"), "test");
    String key = cache.variants(cache.key("it.groovy", "1 + 1")).getFirst();
    byte[] bytes = cache.find(key).orElseThrow();
    for (int at = 0; at + 3 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xCA
          && bytes[at + 1] == (byte) 0xFE
          && bytes[at + 2] == (byte) 0xBA) {
        bytes[at + 7] = 99; // the format of a JDK that is not there yet
      }
    }
    cache.keep(key, bytes);

    assertThat(run(compile("1 + 1"))).isEqualTo(2);
  }

  @Test
  void isCompiledAgainWhenWhatIsKeptIsNoScript() throws IOException {
    compile(TEXT);
    var cache = new CompiledCache(temp.resolve("compiled"), "test");
    cache.keep(cache.variants(cache.key("it.groovy", TEXT)).getFirst(), new byte[] {1, 2, 3});

    assertThat(run(compile(TEXT))).isEqualTo("Hello world");
  }

  /** Two projects have a script of one name and text, each with a class of its own. */
  @Test
  void scriptsOfTwoProjectsAreKeptBesideEachOther() throws IOException {
    Files.writeString(first.resolve("Tool.groovy"), "class Tool { static int n() { 1 } }");
    Files.writeString(second.resolve("Tool.groovy"), "class Tool { static int n() { 2 } }");
    String text = "Tool.n()";

    assertThat(run(compile(text, first))).isEqualTo(1);
    assertThat(run(compile(text, second))).isEqualTo(2);
    Map<Path, Object> kept = written();
    assertThat(kept).hasSize(2);
    for (int n = 0; n < 3; n++) {
      assertThat(run(compile(text, first))).isEqualTo(1);
      assertThat(run(compile(text, second))).isEqualTo(2);
    }

    assertThat(written()).isEqualTo(kept);
  }

  @Test
  void projectsThatCompileAtOnceEachKeepTheirs() throws Exception {
    Files.writeString(first.resolve("Tool.groovy"), "class Tool { static int n() { 1 } }");
    Files.writeString(second.resolve("Tool.groovy"), "class Tool { static int n() { 2 } }");
    try (var pool = Executors.newFixedThreadPool(4)) {
      var results = new ArrayList<Future<@Nullable Object>>();
      for (int n = 0; n < 12; n++) {
        Path root = n % 2 == 0 ? first : second;
        results.add(pool.submit(() -> run(compile("Tool.n()", root))));
      }
      for (int n = 0; n < results.size(); n++) {
        assertThat(results.get(n).get()).isEqualTo(1 + n % 2);
      }
    }

    assertThat(kept()).hasSize(2);
  }

  /** Each edit of an imported file makes another variant. */
  @Test
  void ofAScriptWhoseImportsChangeFewAreKept() throws IOException {
    for (int n = 0; n < 25; n++) {
      Files.writeString(
          first.resolve("Tool.groovy"), "class Tool { static int n() { " + n + " } }");
      assertThat(run(compile("Tool.n()", first))).isEqualTo(n);
    }

    assertThat(kept()).hasSize(20);
  }

  /** The files that are kept, each with what is another when it is written anew. */
  private Map<Path, Object> written() throws IOException {
    Map<Path, Object> written = new HashMap<>();
    for (Path file : kept()) {
      written.put(file, Files.getAttribute(file, "unix:ino"));
    }
    return written;
  }

  private Workflow compile(String text) {
    return compile(text, first, second);
  }

  private Workflow compile(String text, Path... roots) {
    var cache = new CompiledCache(temp.resolve("compiled"), "test");
    return GroovyWorkflow.compile(
        "it.groovy", text, Library.of(List.of(roots)).kept(Optional.of(cache)));
  }

  private List<Path> kept() {
    Path directory = temp.resolve("compiled");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static @Nullable Object run(Workflow workflow) {
    return run(workflow.program(Map.of(), null), new ArrayList<>());
  }

  private static @Nullable Object run(Program program, List<String> asked) {
    try {
      return program.run((effect, site) -> {
        asked.add(((RunEffect.Status) effect).text());
        return null;
      });
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static String explained(Program program) {
    try {
      run(program, new ArrayList<>());
      throw new AssertionError("it did not fail");
    } catch (IllegalStateException e) {
      return program.explain(e);
    }
  }
}
