package conductor.script;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Has JShell compile a workflow in Java without running any of it: what JShell would load and call
 * is kept, to be loaded and called later, on the thread of the run.
 */
final class JavaCompiler {

  private final JavaSource source;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Recording recording;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Wrapped> wrapped = new ArrayList<>();
  private final Map<String, JavaSource.Snippet> snippets = new LinkedHashMap<>();

  private JavaCompiler(String file, String text) {
    this.recording = new Recording();
    this.shell =
        JShell.builder()
            .executionEngine(new Provider(recording), Map.of())
            .compilerOptions("-proc:none", "-classpath", classPath())
            .build();
    this.analysis = shell.sourceCodeAnalysis();
    this.source = new JavaSource(file, text, analysis);
  }

  /**
   * Code as JShell put it into a class.
   *
   * @param snippet what it was made from
   */
  record Wrapped(
      String type, JavaSource.Snippet snippet, SourceCodeAnalysis.SnippetWrapper wrapper) {

    /** The place in the file of one in the wrapped text; below 0 when it is the wrapper's own. */
    int place(int at) {
      int position = wrapper.wrappedToSourcePosition(at);
      return position < 0 ? -1 : snippet.place(position);
    }
  }

  /**
   * What became of a workflow.
   *
   * @param types the classes, by name
   * @param calls the methods to call, in this order: {@code type method}
   * @param hasValue whether the last call's value is the result
   */
  record Compiled(
      JavaSource source,
      Map<String, byte[]> types,
      List<String> calls,
      boolean hasValue,
      List<Wrapped> wrapped,
      List<Finding> findings) {}

  /** Compiles a file. */
  static Compiled compile(String file, String text) {
    var compiler = new JavaCompiler(file, text);
    try (compiler.shell) {
      return compiler.compile();
    }
  }

  private Compiled compile() {
    prelude().forEach(shell::eval);
    boolean hasValue = false;
    for (JavaSource.Snippet snippet : source.snippets()) {
      hasValue = false;
      for (SnippetEvent event : shell.eval(snippet.code())) {
        note(event, snippet);
        hasValue |= isExpression(event.snippet());
      }
    }
    unresolved();
    return new Compiled(
        source,
        Map.copyOf(recording.types),
        List.copyOf(recording.calls),
        hasValue,
        List.copyOf(wrapped),
        findings);
  }

  private void note(SnippetEvent event, JavaSource.Snippet snippet) {
    Snippet of = event.snippet();
    JavaSource.Snippet made = snippets.computeIfAbsent(of.id(), _ -> snippet);
    if (event.status() == Snippet.Status.REJECTED) {
      shell
          .diagnostics(of)
          .filter(Diag::isError)
          .forEach(diag ->
              findings.add(
                  source.finding(
                      true,
                      made.place((int) diag.getPosition()),
                      message(diag.getMessage(Locale.ROOT)))));
      return;
    }
    if (of.kind() != Snippet.Kind.IMPORT) {
      var wrapper = analysis.wrapper(of);
      wrapped.add(new Wrapped(wrapper.fullClassName(), made, wrapper));
    }
  }

  /** The compiler's message in one line. */
  private static String message(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining("; "));
  }

  private static boolean isExpression(Snippet snippet) {
    return switch (snippet.subKind()) {
      case TEMP_VAR_EXPRESSION_SUBKIND,
          VAR_VALUE_SUBKIND,
          OTHER_EXPRESSION_SUBKIND,
          ASSIGNMENT_SUBKIND ->
          true;
      default -> false;
    };
  }

  private void unresolved() {
    shell
        .snippets()
        .filter(snippet -> snippets.containsKey(snippet.id()))
        .filter(snippet ->
            shell.status(snippet) == Snippet.Status.RECOVERABLE_DEFINED
                || shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
        .forEach(snippet ->
            findings.add(
                source.finding(
                    true,
                    Objects.requireNonNull(snippets.get(snippet.id())).start(),
                    "cannot find "
                        + shell
                            .unresolvedDependencies((DeclarationSnippet) snippet)
                            .collect(Collectors.joining(", ")))));
  }

  private static List<String> prelude() {
    String effects = Effect.class.getPackageName();
    var imports =
        new ArrayList<String>(
            List.of(
                "import java.util.*;",
                "import java.time.*;",
                "import java.util.concurrent.Callable;",
                "import java.util.function.*;",
                "import java.util.stream.*;",
                "import java.nio.file.Path;",
                "import " + effects + ".*;",
                "import " + effects + ".Attempt.*;",
                "import static " + Words.class.getName() + ".*;",
                "import static " + JavaWords.class.getName() + ".*;",
                "import " + Param.class.getName() + ";"));
    Vocabulary.standard().signatures().stream()
        .map(signature -> signature.type().getEnclosingClass().getName())
        .distinct()
        .forEach(family -> imports.add("import " + family + ".*;"));
    Stream.of(Failure.class.getPermittedSubclasses())
        .filter(Class::isSealed)
        .forEach(family -> imports.add("import " + family.getName() + ".*;"));
    imports.add("Issue issue = issueGiven();");
    imports.add("Map<String, Object> params = paramsGiven();");
    return imports;
  }

  private static String classPath() {
    return Stream.of(Effect.class, Words.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .distinct()
            .collect(Collectors.joining(java.io.File.pathSeparator))
        + java.io.File.pathSeparator
        + System.getProperty("java.class.path");
  }

  /** Keeps what JShell has executed, and executes nothing. */
  private static final class Recording extends DirectExecutionControl {

    private final Map<String, byte[]> types = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();

    Recording() {
      super(new NoLoader());
    }

    @Override
    public void load(ClassBytecodes[] loaded) {
      for (ClassBytecodes type : loaded) {
        types.put(type.name(), type.bytecodes());
      }
    }

    @Override
    public String invoke(String type, String method) {
      calls.add(type + " " + method);
      return "";
    }

    @Override
    public String varValue(String type, String variable) {
      return "";
    }
  }

  private static final class NoLoader implements LoaderDelegate {
    @Override
    public void load(ExecutionControl.ClassBytecodes[] loaded) {}

    @Override
    public void classesRedefined(ExecutionControl.ClassBytecodes[] redefined) {}

    @Override
    public void addToClasspath(String path) {}

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      throw new ClassNotFoundException(name);
    }
  }

  private record Provider(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "recording";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
