package conductor.script.java;

import conductor.script.Finding;
import conductor.script.java.JavaEvaluation.Moved;
import conductor.script.java.JavaEvaluation.Variable;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/**
 * Uses JShell as a compiler: records the classes and calls instead of executing them, so that they
 * can be executed later on the thread of a run. Safe for use by several threads.
 */
final class JavaShell implements AutoCloseable {

  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Recording recording = new Recording();
  private final Map<Snippet, Origin> origins = new HashMap<>();
  private final Map<Snippet, Variable> holders = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private boolean broken;

  JavaShell() {
    var values = new AtomicInteger();
    JShell.Builder builder =
        JShell.builder()
            .executionEngine(recording.provider(), Map.of())
            .tempVariableNameGenerator(() -> "$" + values.incrementAndGet())
            .compilerOptions("-proc:none", "-classpath", JavaPrelude.classPath());
    this.shell = CompilerNoise.during(builder::build).value();
    this.analysis = shell.sourceCodeAnalysis();
  }

  private record Origin(JavaSource source, JavaSource.Snippet snippet) {}

  /**
   * The class that JShell made of a snippet.
   *
   * @param type its name
   * @param snippet what it was made from
   * @param statement whether the snippet is a statement, which has no value but that of a {@code
   *     return}
   * @param wrapper its text
   */
  record Wrapped(
      String type,
      JavaSource source,
      JavaSource.Snippet snippet,
      boolean statement,
      SourceCodeAnalysis.SnippetWrapper wrapper) {

    /** Returns the offset in the file of one in the wrapped text; -1 for what the wrapper added. */
    int place(int at) {
      int position = wrapper.wrappedToSourcePosition(at);
      return position < 0 ? -1 : snippet.place(position);
    }

    /**
     * Returns the line in which JShell adds a {@code return} to a statement; 0 when it adds none.
     */
    int closing() {
      String text = wrapper.wrapped();
      int last = Math.max(0, snippet.code().stripTrailing().length() - 1);
      int at = text.indexOf("return null;", wrapper.sourceToWrappedPosition(last) + 1);
      return at < 0 ? 0 : (int) text.substring(0, at).lines().count();
    }
  }

  SourceCodeAnalysis analysis() {
    return analysis;
  }

  /** Returns the bytes of the compiled classes, by name; the map grows. */
  Map<String, byte[]> types() {
    return Collections.unmodifiableMap(recording.types);
  }

  /** Compiles a workflow's first declarations and returns their calls: {@code type method}. */
  synchronized List<String> begin(List<String> declarations) {
    recording.forget();
    declarations.forEach(shell::eval);
    return List.copyOf(recording.calls);
  }

  /** Compiles a snippet. It is in force from then on unless it has errors. */
  synchronized JavaStep compile(JavaSource source, JavaSource.Snippet snippet) {
    recording.forget();
    var step = new JavaStep(snippet);
    CompilerNoise.Heard<List<SnippetEvent>> heard =
        CompilerNoise.during(() -> shell.eval(snippet.code()));
    for (SnippetEvent event : heard.value()) {
      if (event.causeSnippet() == null) {
        origins.put(event.snippet(), new Origin(source, snippet));
      }
      note(event, step);
      step.hasValue |= isExpression(event.snippet());
    }
    if (step.findings.isEmpty() && lacks(heard.value())) {
      step.findings.add(source.finding(true, snippet.start(), broken(heard.noise())));
      broken = true;
    }
    step.calls = List.copyOf(recording.calls);
    settle(step);
    return step;
  }

  /** Returns whether the compiler crashed; later snippets are then reported to lack one. */
  synchronized boolean isBroken() {
    return broken;
  }

  /** Returns whether the compiler gave up: it made no class of a snippet that it calls valid. */
  private boolean lacks(List<SnippetEvent> events) {
    return events.stream()
        .anyMatch(event ->
            switch (event.status()) {
              case VALID, RECOVERABLE_DEFINED ->
                  event.snippet().kind() != Snippet.Kind.IMPORT
                      && !recording.types.containsKey(
                          analysis.wrapper(event.snippet()).fullClassName());
              case REJECTED -> true;
              case RECOVERABLE_NOT_DEFINED, DROPPED, OVERWRITTEN, NONEXISTENT -> false;
            });
  }

  private static String broken(String noise) {
    String error =
        noise
            .lines()
            .filter(line -> line.matches("[\\w.]+\\.\\w+(?:Error|Exception|Failure)\\b.*"))
            .findFirst()
            .map(line -> " (%s)".formatted(line.replaceFirst("^[\\w.]+\\.(\\w+).*", "$1")))
            .orElse("");
    return "the Java compiler itself fails at this%s: write it in another way, such as with types instead of var"
        .formatted(error);
  }

  private void note(SnippetEvent event, JavaStep step) {
    Snippet of = event.snippet();
    Origin origin = origins.get(of);
    if (event.status() == Snippet.Status.REJECTED && origin != null) {
      shell
          .diagnostics(of)
          .filter(Diag::isError)
          .forEach(diag -> step.findings.add(finding(origin, diag)));
    } else if (event.status() == Snippet.Status.OVERWRITTEN) {
      step.replaced.add(of);
    } else if (origin != null) {
      if (event.causeSnippet() == null) {
        step.made.add(of);
        named(of);
      }
      if (of.kind() != Snippet.Kind.IMPORT) {
        var wrapper = analysis.wrapper(of);
        boolean statement = of.subKind() == Snippet.SubKind.STATEMENT_SUBKIND;
        step.wrapped.add(
            new Wrapped(
                wrapper.fullClassName(), origin.source(), origin.snippet(), statement, wrapper));
      }
      variable(of).ifPresent(variable -> hold(of, variable, event.causeSnippet() != null, step));
    }
  }

  private void named(Snippet of) {
    if (of instanceof DeclarationSnippet declaration) {
      names.add(declaration.name());
    }
  }

  private void hold(Snippet of, Variable variable, boolean moves, JavaStep step) {
    Variable before = holders.put(of, variable);
    if (moves && before != null && !before.equals(variable)) {
      step.moved.add(new Moved(before, variable));
    }
    step.variables.add(variable);
  }

  /**
   * Declares the variables of a step once more without their initializers: JShell would evaluate an
   * initializer again whenever something that it uses is redefined.
   */
  private void settle(JavaStep step) {
    for (Snippet made : List.copyOf(step.made)) {
      if (made instanceof VarSnippet variable && mentions(variable)) {
        for (SnippetEvent event : shell.eval(variable.typeName() + " " + variable.name() + ";")) {
          if (event.status() == Snippet.Status.VALID && event.snippet() instanceof VarSnippet now) {
            settled(variable, now, step);
          }
        }
      }
    }
  }

  private void settled(VarSnippet made, VarSnippet now, JavaStep step) {
    origins.put(now, Objects.requireNonNull(origins.get(made)));
    step.made.remove(made);
    step.made.add(now);
    Variable from = Objects.requireNonNull(holders.get(made));
    Variable to = variable(now).orElseThrow();
    holders.put(now, to);
    step.variables.add(to);
    step.settled.add(new Moved(from, to));
  }

  /** Returns whether a variable's initializer mentions a name of the session. */
  private boolean mentions(VarSnippet variable) {
    return variable.subKind() == Snippet.SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND
        && JavaTokens.of(variable.source()).list().stream()
            .filter(token -> token.kind() == JavaTokens.Kind.NAME)
            .anyMatch(
                token -> !token.text().equals(variable.name()) && names.contains(token.text()));
  }

  private Finding finding(Origin origin, Diag diag) {
    String message = JavaComplaint.of(diag.getMessage(Locale.ROOT), names);
    int place = origin.snippet().place((int) diag.getPosition());
    return origin.source().finding(true, place, message);
  }

  private Optional<Variable> variable(Snippet of) {
    return of instanceof VarSnippet variable
        ? Optional.of(new Variable(analysis.wrapper(of).fullClassName(), variable.name()))
        : Optional.empty();
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

  synchronized List<Variable> variables() {
    return shell.variables().flatMap(snippet -> variable(snippet).stream()).toList();
  }

  /** Returns the signatures of the methods that were entered, by name. */
  synchronized Map<String, String> methods() {
    var methods = new HashMap<String, String>();
    shell
        .methods()
        .filter(method -> origins.containsKey(method))
        .forEach(method -> methods.put(method.name(), method.signature()));
    return methods;
  }

  /** Returns what was entered and is in force. */
  JavaDefinitions definitions() {
    return new JavaDefinitions(this, shell, origins::containsKey);
  }

  /**
   * Undoes the definitions of a step; the definitions that it replaced are in force again.
   *
   * @param placed takes the classes that are compiled for them
   * @return the variables in force again: from the old one to the new
   */
  synchronized Map<Variable, Variable> undo(JavaStep step, Consumer<Wrapped> placed) {
    step.made.forEach(shell::drop);
    var moved = new HashMap<Variable, Variable>();
    for (Snippet old : step.replaced) {
      Origin origin = origins.get(old);
      if (origin != null) {
        JavaStep again = compile(origin.source(), origin.snippet());
        again.wrapped.forEach(placed);
        for (Variable now : again.variables) {
          variable(old)
              .filter(before -> before.name().equals(now.name()))
              .ifPresent(before -> moved.put(before, now));
        }
      }
    }
    return moved;
  }

  /** Returns an error for each name that is used but not defined. */
  synchronized List<Finding> unresolved() {
    return shell
        .snippets()
        .filter(snippet ->
            shell.status(snippet) == Snippet.Status.RECOVERABLE_DEFINED
                || shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
        .filter(origins::containsKey)
        .flatMap(snippet -> unresolved((DeclarationSnippet) snippet))
        .toList();
  }

  private Stream<Finding> unresolved(DeclarationSnippet snippet) {
    Origin origin = Objects.requireNonNull(origins.get(snippet));
    String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? shell.diagnostics(snippet).filter(Diag::isError).map(diag -> finding(origin, diag))
        : Stream.of(
            origin.source().finding(true, origin.snippet().start(), "cannot find " + missing));
  }

  @Override
  public void close() {
    shell.close();
  }
}
