package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;

/**
 * Writes the entries of a session as a script that does the same. Text stays as it was typed where
 * it means the same in a script. In a script a method does not see local variables, and nothing may
 * be declared twice: such variables become variables of the script, such methods closures. Safe for
 * use by several threads.
 */
final class SessionWriter {

  /** Number of statements of an entry in which none failed. */
  static final int ALL = Integer.MAX_VALUE;

  private static final Range NONE = new Range(0, 0);

  private final Sources sources;
  private final List<Piece> pieces = new ArrayList<>();
  private final Set<String> apart = new HashSet<>();
  private final Map<String, Integer> methods = new HashMap<>();
  private final Map<String, Integer> classes = new HashMap<>();

  SessionWriter(Sources sources) {
    this.sources = sources;
  }

  /**
   * An entry. Offsets are those of its text.
   *
   * @param statements its top-level statements
   * @param done how many of them did not fail
   * @param uses whether it mentions the last value of the entries before
   * @param methods where its methods begin, by name
   * @param classes where its classes are, by name
   * @param definitions where its methods, classes and imports begin
   * @param starts where these and its statements begin
   */
  private record Piece(
      String text,
      List<Part> statements,
      int done,
      boolean uses,
      Map<String, Integer> methods,
      Map<String, Range> classes,
      Set<Integer> definitions,
      Set<Integer> starts) {}

  private record Range(int start, int end) {
    boolean isNone() {
      return end == 0;
    }
  }

  /**
   * A top-level statement; it may declare variables.
   *
   * @param keyword the range of its own {@code return}; {@link #NONE} when it begins otherwise
   * @param mayReturn whether it contains a {@code return}
   * @param declares the variables that it declares
   * @param type the declared type; empty for several variables or {@code def}
   * @param value the range of the declared value; {@link #NONE} without one
   */
  private record Part(
      int start,
      int end,
      Range keyword,
      boolean mayReturn,
      Set<String> mentioned,
      List<Name> declares,
      String type,
      Range value) {}

  private record Name(String name, int start) {}

  /**
   * Adds an entry that was compiled.
   *
   * @param seen its top level
   * @param done how many of its statements did not fail
   */
  synchronized void add(String unit, String text, TopLevel.Seen seen, int done) {
    Tokens tokens = Tokens.of(text);
    List<Part> parts = seen.statements.stream().map(top -> part(unit, text, tokens, top)).toList();
    var starts = new TreeSet<Integer>();
    parts.forEach(part -> starts.add(part.start()));
    var defined = new HashMap<String, Integer>();
    for (MethodNode method : seen.methods) {
      starts.add(start(unit, method));
      defined.put(method.getName(), start(unit, method));
    }
    var types = new HashMap<String, Range>();
    for (ClassNode type : seen.classes) {
      starts.add(start(unit, type));
      types.put(type.getName(), new Range(start(unit, type), end(unit, type)));
    }
    seen.imports.forEach(one -> starts.add(start(unit, one)));
    var definitions = new TreeSet<>(starts);
    parts.forEach(part -> definitions.remove(part.start()));
    defined.keySet().forEach(name -> methods.merge(name, 1, Integer::sum));
    types.keySet().forEach(name -> classes.merge(name, 1, Integer::sum));
    apart.addAll(seen.apart);
    boolean uses =
        seen.apart.contains(Variables.LAST)
            || parts.stream().anyMatch(part -> part.mentioned().contains(Variables.LAST));
    pieces.add(new Piece(text, parts, done, uses, defined, types, definitions, starts));
  }

  private Part part(String unit, String text, Tokens tokens, TopLevel.Top top) {
    int start = start(unit, top.statement());
    DeclarationExpression declaration = top.declaration();
    int last = end(unit, top.statement());
    if (declaration == null) {
      boolean plain =
          top.statement() instanceof ReturnStatement && text.startsWith("return", start);
      Range keyword = plain ? new Range(start, start + "return".length()) : NONE;
      boolean returns = !plain && TopLevel.returns(top.statement());
      return new Part(start, last, keyword, returns, top.mentioned(), List.of(), "", NONE);
    }
    List<Expression> variables =
        declaration.isMultipleAssignmentDeclaration()
            ? declaration.getTupleExpression().getExpressions()
            : List.of(declaration.getVariableExpression());
    List<Name> names =
        variables.stream()
            .map(VariableExpression.class::cast)
            .map(variable -> new Name(variable.getName(), start(unit, variable)))
            .toList();
    VariableExpression first = (VariableExpression) variables.getFirst();
    boolean typed = variables.size() == 1 && !first.isDynamicTyped();
    Expression value = declaration.getRightExpression();
    Range range =
        value instanceof EmptyExpression ? NONE : new Range(start(unit, value), end(unit, value));
    int begin = declares(tokens, names.getFirst().start());
    String type = typed ? first.getOriginType().toString(false) : "";
    return new Part(begin, last, NONE, false, top.mentioned(), names, type, range);
  }

  /** Returns where the declaration of a name begins: after the end of the statement before it. */
  private static int declares(Tokens tokens, int name) {
    int at = 0;
    while (at < tokens.size() && tokens.start(at) < name) {
      at++;
    }
    while (tokens.type(at - 1) != NL && tokens.type(at - 1) != SEMI && at > 0) {
      at--;
    }
    return at < tokens.size() ? tokens.start(at) : name;
  }

  private int start(String unit, ASTNode node) {
    return sources.offset(unit, node.getLineNumber(), node.getColumnNumber());
  }

  private int end(String unit, ASTNode node) {
    return sources.offset(unit, node.getLastLineNumber(), node.getLastColumnNumber());
  }

  /** Returns the script of all entries; empty, or ending with a line end. */
  synchronized String script() {
    var script = new StringBuilder();
    var before = new HashSet<String>(apart);
    var others = new HashMap<>(classes);
    for (int at = 0; at < pieces.size(); at++) {
      Piece piece = pieces.get(at);
      var edits = new ArrayList<Rewritten.Edit>();
      leaveOut(piece, edits);
      Range left = returning(piece, edits);
      loosen(piece, left, before, edits);
      if (at + 1 < pieces.size() && pieces.get(at + 1).uses() && left.isNone()) {
        keepLast(piece, edits);
      }
      piece.methods().forEach((name, start) -> asClosure(piece.text(), name, start, edits));
      piece
          .classes()
          .forEach((name, range) -> {
            if (others.merge(name, -1, Integer::sum) > 0) {
              edits.add(new Rewritten.Edit(range.start(), range.end(), ""));
            }
          });
      String text = Rewritten.of(piece.text(), edits).text().strip();
      if (!text.isEmpty()) {
        script.append(text).append('\n');
      }
    }
    return script.toString();
  }

  /** Drops the statement that failed and those after it. */
  private static void leaveOut(Piece piece, List<Rewritten.Edit> edits) {
    for (int i = 0; i < piece.statements().size(); i++) {
      if (i >= piece.done()) {
        int start = piece.statements().get(i).start();
        int end =
            piece.starts().stream()
                .filter(other -> other > start)
                .findFirst()
                .orElse(piece.text().length());
        edits.add(new Rewritten.Edit(start, end, ""));
      }
    }
  }

  private static List<Part> done(Piece piece) {
    return piece.statements().stream().limit(piece.done()).toList();
  }

  /**
   * Rewrites {@code return}, which ended the entry and not the session. A last {@code return}
   * leaves only its value; a statement that may return earlier is put into a block, together with
   * the statements after it.
   *
   * @return the range of that block; {@link #NONE} when there is none
   */
  private static Range returning(Piece piece, List<Rewritten.Edit> edits) {
    Range block = NONE;
    for (Part part : done(piece)) {
      if (!part.keyword().isNone()) {
        plain(piece.text(), part, edits);
      }
      boolean goesOn = !block.isNone() && !isCut(piece, block.end(), part.start());
      if (goesOn || (part.mayReturn() && block.isNone())) {
        block = new Range(goesOn ? block.start() : part.start(), part.end());
      }
    }
    if (!block.isNone()) {
      edits.add(new Rewritten.Edit(block.start(), block.start(), "({ -> "));
      edits.add(new Rewritten.Edit(block.end(), block.end(), " })()"));
    }
    return block;
  }

  /** Returns whether something stands between two offsets that no block can contain. */
  private static boolean isCut(Piece piece, int from, int to) {
    return piece.definitions().stream().anyMatch(start -> from <= start && start < to);
  }

  private static void plain(String text, Part part, List<Rewritten.Edit> edits) {
    int value = part.keyword().end();
    while (value < text.length() && " \t".indexOf(text.charAt(value)) >= 0) {
      value++;
    }
    boolean empty = value >= part.end();
    boolean braces = !empty && text.charAt(value) == '{';
    edits.add(
        new Rewritten.Edit(
            part.start(), empty ? part.end() : value, empty ? "null" : braces ? "(" : ""));
    if (braces) {
      edits.add(new Rewritten.Edit(part.end(), part.end(), ")"));
    }
  }

  /** Turns variables that more than their own block uses into variables of the script. */
  private static void loosen(
      Piece piece, Range left, Set<String> before, List<Rewritten.Edit> edits) {
    for (Part part : done(piece)) {
      boolean inside = left.start() <= part.start() && part.start() < left.end();
      if (part.declares().stream().anyMatch(name -> inside || before.contains(name.name()))) {
        loosen(part, edits);
      }
      before.addAll(part.mentioned());
    }
  }

  private static void loosen(Part part, List<Rewritten.Edit> edits) {
    Name first = part.declares().getFirst();
    boolean several = part.declares().size() > 1;
    edits.add(new Rewritten.Edit(part.start(), first.start(), several ? "(" : ""));
    if (part.value().end() == 0) {
      int behind = first.start() + first.name().length();
      edits.add(new Rewritten.Edit(behind, behind, " = null"));
    } else if (!part.type().isEmpty()) {
      Range value = part.value();
      edits.add(new Rewritten.Edit(value.start(), value.start(), "(" + part.type() + ") ("));
      edits.add(new Rewritten.Edit(value.end(), value.end(), ")"));
    }
  }

  /** Gives the value of an entry, that of its last statement, the name by which it is used. */
  private static void keepLast(Piece piece, List<Rewritten.Edit> edits) {
    List<Part> done = done(piece);
    if (done.isEmpty() || done.size() < piece.statements().size()) {
      return;
    }
    Part last = done.getLast();
    if (last.declares().isEmpty() && last.keyword().isNone()) {
      edits.add(new Rewritten.Edit(last.start(), last.start(), Variables.LAST + " = "));
    } else if (last.declares().size() == 1) {
      String name = last.declares().getFirst().name();
      edits.add(
          new Rewritten.Edit(last.end(), last.end(), "\n%s = %s".formatted(Variables.LAST, name)));
    }
  }

  /** Turns a method that is defined again into a closure, which can be assigned again. */
  private void asClosure(String text, String name, int start, List<Rewritten.Edit> edits) {
    if (methods.getOrDefault(name, 0) < 2) {
      return;
    }
    Tokens tokens = Tokens.of(text);
    int at = 0;
    while (tokens.start(at) < start || tokens.type(at) != LPAREN) {
      at++;
    }
    int close = tokens.closing(at);
    int body = close;
    while (tokens.type(body) != LBRACE) {
      body++;
    }
    edits.add(new Rewritten.Edit(start, tokens.end(at), name + " = { "));
    edits.add(new Rewritten.Edit(tokens.start(close), tokens.end(body), " ->"));
  }
}
