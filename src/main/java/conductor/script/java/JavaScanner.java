package conductor.script.java;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.AgentEffect.SpawnAgent;
import conductor.effect.BadArguments;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.error.Reason;
import conductor.script.YieldSite;
import conductor.script.groovy.Hazards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Visits the syntax tree of one snippet, and records what it uses and what is wrong. */
final class JavaScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

  private static final Pattern YIELD = Pattern.compile("yield (\\w+)\\(([^)]*)\\)");

  /** The effects whose {@code withType} or {@code withAgent} names an agent's type. */
  private static final Set<String> AGENTS =
      Set.of(RunAgent.class.getSimpleName(), SpawnAgent.class.getSimpleName());

  private final JavaUses uses;
  private final JavaSource source;
  private final JavaShell.Wrapped wrapped;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private @Nullable String noYield;

  /**
   * The variable that a snippet declares. JShell first assigns the value of a {@code var} to $_.
   */
  private String field = "";

  private JavaScanner(
      JavaUses uses,
      JavaShell.Wrapped wrapped,
      CompilationUnitTree unit,
      SourcePositions positions) {
    this.uses = uses;
    this.source = uses.source;
    this.wrapped = wrapped;
    this.unit = unit;
    this.positions = positions;
  }

  static void scan(JavaUses uses, JavaShell.Wrapped wrapped) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                _ -> {},
                List.of("-proc:none"),
                null,
                List.of(source(wrapped.wrapper().wrapped())));
    try {
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new JavaScanner(uses, wrapped, unit, positions).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a text in memory: " + Reason.of(e), e);
    }
  }

  private static JavaFileObject source(String text) {
    return new SimpleJavaFileObject(URI.create("string:///Snippet.java"), Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private int place(long position) {
    return position < 0 ? -1 : wrapped.place((int) position);
  }

  private void report(Tree at, String message) {
    int place = place(positions.getStartPosition(unit, at));
    if (place >= 0) {
      String said = YIELD.matcher(message).replaceAll("perform($1($2))");
      uses.findings.add(source.finding(true, place, said.replace("yield ", "perform ")));
    }
  }

  private static Optional<String> name(ExpressionTree called) {
    return called instanceof IdentifierTree identifier
        ? Optional.of(identifier.getName().toString())
        : Optional.empty();
  }

  @Override
  public @Nullable Void visitExpressionStatement(
      ExpressionStatementTree statement, @Nullable Void none) {
    effect(statement.getExpression()).ifPresent(effect -> unperformed(statement, effect));
    return super.visitExpressionStatement(statement, null);
  }

  private void unperformed(Tree at, String effect) {
    report(at, "%s is never performed: write yield %s(...)".formatted(effect, effect));
  }

  /** Returns the effect that an expression constructs, with its {@code with} methods. */
  private Optional<String> effect(ExpressionTree expression) {
    ExpressionTree at = expression;
    while (at instanceof MethodInvocationTree call) {
      if (call.getMethodSelect() instanceof MemberSelectTree select
          && select.getIdentifier().toString().startsWith("with")) {
        at = select.getExpression();
      } else {
        return name(call.getMethodSelect()).filter(uses.vocabulary::hasWord);
      }
    }
    return Optional.empty();
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
    int place = place(positions.getStartPosition(unit, call));
    name(call.getMethodSelect()).ifPresent(name -> named(call, name, place));
    if (call.getMethodSelect() instanceof MemberSelectTree select) {
      selected(call, select, place);
    }
    String outer = noYield;
    boolean later =
        call.getMethodSelect() instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("computeIfAbsent");
    noYield = later ? "computeIfAbsent" : noYield;
    super.visitMethodInvocation(call, null);
    noYield = outer;
    return null;
  }

  private void named(MethodInvocationTree call, String name, int place) {
    if (uses.vocabulary.hasWord(name)) {
      uses.effects.add(name);
      uses.vocabulary.signature(name).ifPresent(effect -> arguments(call, effect));
      if (AGENTS.contains(name)) {
        uses.agents.add(place);
      }
    }
    if (name.equals("perform")) {
      if (noYield != null) {
        report(call, "perform inside %s is not replayed in order: move it out".formatted(noYield));
      }
      int end = place(positions.getEndPosition(unit, call) - 1);
      String what =
          call.getArguments().stream().findFirst().flatMap(this::effect).orElse("perform");
      if (place >= 0) {
        uses.sites.add(
            new YieldSite(
                source.fileName(),
                source.line(place),
                source.line(Math.max(place, end)),
                "",
                what));
      }
    }
  }

  /** Checks literal arguments, which are known before the workflow runs. */
  private void arguments(MethodInvocationTree call, Signature effect) {
    List<Parameter> required = effect.parameters().stream().filter(Parameter::required).toList();
    int count = Math.min(required.size(), call.getArguments().size());
    for (int at = 0; at < count; at++) {
      duration(required.get(at), effect, call.getArguments().get(at));
    }
  }

  /** Checks a literal duration; the compiler checks other types. */
  private void duration(Parameter parameter, Signature effect, ExpressionTree value) {
    if (parameter.type() == Duration.class
        && value instanceof LiteralTree literal
        && literal.getValue() instanceof String text) {
      try {
        effect.argument(parameter.name(), text);
      } catch (BadArguments e) {
        report(value, String.valueOf(e.getMessage()));
      }
    }
  }

  private void selected(MethodInvocationTree call, MemberSelectTree select, int place) {
    String method = select.getIdentifier().toString();
    String owner = select.getExpression().toString();
    Optional.of(owner)
        .filter(name -> !uses.types.contains(name))
        .flatMap(name -> Hazards.call(name.substring(name.lastIndexOf('.') + 1), method))
        .or(() -> Hazards.method(method, false, false))
        .ifPresent(message -> report(call, message));
    if (method.startsWith("with") && call.getArguments().size() == 1) {
      effect(call)
          .flatMap(uses.vocabulary::signature)
          .ifPresent(effect ->
              effect.parameters().stream()
                  .filter(parameter -> JavaEditorSupport.with(parameter).equals(method))
                  .forEach(
                      parameter -> duration(parameter, effect, call.getArguments().getFirst())));
    }
    if ((method.equals("withType") || method.equals("withAgent"))
        && call.getArguments().getFirst() instanceof LiteralTree type
        && effect(call).filter(AGENTS::contains).isPresent()) {
      uses.agentTypes.add(String.valueOf(type.getValue()));
      uses.typed.add(place);
    }
  }

  @Override
  public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
    String name = variable.getName().toString();
    ExpressionTree value = variable.getInitializer();
    Optional<String> effect = value == null ? Optional.empty() : effect(value);
    if (value == null) {
      field = name;
    }
    String declared = name.equals("$_") ? field : name;
    if (effect.isPresent() && (declared.startsWith("$") || (!uses.session && isUnused(declared)))) {
      unperformed(value, effect.get());
    }
    return super.visitVariable(variable, null);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void none) {
    if (assignment.getVariable().toString().startsWith("$")) {
      effect(assignment.getExpression())
          .ifPresent(effect -> unperformed(assignment.getExpression(), effect));
    }
    return super.visitAssignment(assignment, null);
  }

  /** Returns whether a variable is mentioned once. JShell's own end with an underscore. */
  private boolean isUnused(String name) {
    String word = "\\b" + Pattern.quote(name.replaceFirst("_$", "")) + "\\b";
    return Pattern.compile(word).matcher(source.text).results().count() <= 1;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
    String type = made.getIdentifier().toString();
    if (!uses.types.contains(type)) {
      Hazards.construction(type.substring(type.lastIndexOf('.') + 1), made.getArguments().isEmpty())
          .ifPresent(message -> report(made, message));
    }
    return super.visitNewClass(made, null);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree identifier, @Nullable Void none) {
    uses.issue |=
        identifier.getName().contentEquals("issue")
            && place(positions.getStartPosition(unit, identifier)) >= 0;
    return super.visitIdentifier(identifier, null);
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void none) {
    String outer = noYield;
    noYield = "a synchronized block";
    super.visitSynchronized(block, null);
    noYield = outer;
    return null;
  }
}
