package conductor.script.java;

import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.jspecify.annotations.Nullable;

/**
 * Analyses a Java text while it is typed: whether it is complete, its completions, and its colors.
 */
final class JavaEditorSupport {

  private static final String WORDS =
      "boolean break case catch class continue double else enum false final finally for if import "
          + "instanceof int interface long new null record return static switch this throw true try "
          + "var void while yield";
  private static final Set<String> CONTEXTUAL = Set.of("record", "sealed", "var", "when", "yield");
  private static final Set<String> HIDDEN =
      Set.of(
          "isGiven(",
          "given(",
          "paramsGiven()",
          "issueGiven()",
          "exit(",
          "goOn()",
          "returned(",
          "own(");

  private final Vocabulary vocabulary;
  private final SourceCodeAnalysis analysis;

  JavaEditorSupport(Vocabulary vocabulary, SourceCodeAnalysis analysis) {
    this.vocabulary = vocabulary;
    this.analysis = analysis;
  }

  Session.Reading read(String text) {
    String rest = text;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE
          || info.completeness() == Completeness.CONSIDERED_INCOMPLETE) {
        return Session.Reading.UNFINISHED;
      }
      if (info.remaining().length() >= rest.length()) {
        return Session.Reading.WHOLE;
      }
      rest = info.remaining();
    }
    return Session.Reading.WHOLE;
  }

  /** Returns whether a text block is open at the end. */
  boolean isInText(String text) {
    List<JavaTokens.Token> tokens = JavaTokens.of(text).list();
    return !tokens.isEmpty()
        && !tokens.getLast().closed()
        && tokens.getLast().text().startsWith("\"\"\"");
  }

  /** Returns the offset after the last complete snippet. */
  private int begin(String before) {
    int at = 0;
    while (at < before.length()) {
      SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(before.substring(at));
      int left = info.remaining().strip().length();
      if (!info.completeness().isComplete() || left == 0) {
        return at;
      }
      at = before.stripTrailing().length() - left;
    }
    return at;
  }

  Session.Suggested suggest(String text, int cursor, Map<String, @Nullable Object> variables) {
    String before = text.substring(0, cursor);
    JavaTokens tokens = JavaTokens.of(before);
    JavaTokens.Token last = tokens.size() == 0 ? null : tokens.list().getLast();
    if (last != null && last.kind() == JavaTokens.Kind.TEXT && !last.closed()) {
      int from = last.start() + (last.text().startsWith("\"\"\"") ? 3 : 1);
      List<String> calls = JavaTokens.of(before.substring(0, last.start())).calls();
      boolean type = !calls.isEmpty() && calls.getFirst().equals("withType");
      return new Session.Suggested(
          Math.min(from, cursor),
          type ? Session.Quoted.AGENT_TYPE : Session.Quoted.ANYTHING,
          List.of());
    }
    int from =
        last != null && last.kind() == JavaTokens.Kind.NAME && last.end() == cursor
            ? last.start()
            : cursor;
    if (last != null && last.kind() == JavaTokens.Kind.COMMENT && last.end() == cursor) {
      return new Session.Suggested(from, Session.Quoted.NOTHING, List.of());
    }
    boolean member = before.substring(0, from).stripTrailing().endsWith(".");
    return new Session.Suggested(
        from,
        Session.Quoted.NOTHING,
        words(before, before.substring(from), member, tokens, variables));
  }

  private List<Session.Suggestion> words(
      String before,
      String word,
      boolean member,
      JavaTokens tokens,
      Map<String, @Nullable Object> variables) {
    var words = new TreeMap<String, String>();
    List<String> named = tokens.calls();
    int begin = begin(before);
    String part = before.substring(begin);
    List<SourceCodeAnalysis.Suggestion> suggestions =
        CompilerNoise.orElse(
            List.of(), () -> analysis.completionSuggestions(part, part.length(), new int[1]));
    for (var suggestion : suggestions) {
      String found = suggestion.continuation();
      boolean type = vocabulary.signature(found).isPresent() && !named.contains("handling");
      if (!HIDDEN.contains(found) && !type) {
        words.put(found, member ? part(tokens, found) : about(found, variables));
      }
    }
    if (!member) {
      Arrays.stream(WORDS.split(" ", -1)).forEach(name -> words.putIfAbsent(name, ""));
    }
    return words.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(word))
        .map(entry -> new Session.Suggestion(entry.getKey(), entry.getValue()))
        .toList();
  }

  private String about(String found, Map<String, @Nullable Object> variables) {
    String name = found.replaceAll("\\(\\)?$", "");
    Object value = variables.get(name);
    return vocabulary
        .signature(name)
        .map(Signature::about)
        .orElse(
            Vocabulary.controls().contains(name)
                ? "control"
                : value == null ? "" : value.getClass().getSimpleName());
  }

  /** Returns the description of a {@code with} method of an effect; empty for other methods. */
  private String part(JavaTokens tokens, String found) {
    int dot = tokens.size() - 1;
    while (dot > 0 && !tokens.list().get(dot).is(".")) {
      dot--;
    }
    var chain = new ArrayList<>(tokens.list().subList(0, Math.max(0, dot)));
    if (chain.isEmpty() || !chain.getLast().is(")")) {
      return "";
    }
    chain.removeLast();
    var inside = new JavaTokens(chain);
    return inside.open() < 0
        ? ""
        : vocabulary
            .signature(inside.called(inside.open()))
            .flatMap(effect -> optional(effect, found))
            .map(parameter ->
                parameter.typeName()
                    + (parameter.about().isEmpty() ? "" : ", " + parameter.about()))
            .orElse("");
  }

  private static Optional<Parameter> optional(Signature effect, String found) {
    return effect.parameters().stream()
        .filter(parameter -> found.equals(with(parameter) + "("))
        .findFirst();
  }

  /** Returns the name of the method that sets an optional parameter of an effect. */
  static String with(Parameter parameter) {
    String name = parameter.javaName();
    return "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Returns one line that tells how an effect is constructed. */
  static String shape(Signature effect) {
    if (effect.type() == conductor.effect.Own.class) {
      return effect.toString();
    }
    var required = new ArrayList<String>();
    var more = new StringBuilder();
    for (Parameter parameter : effect.parameters()) {
      if (parameter.required()) {
        required.add(parameter.javaName());
      } else {
        more.append(" .").append(with(parameter));
      }
    }
    return effect.name() + required.stream().collect(Collectors.joining(", ", "(", ")")) + more;
  }

  /** Returns the signature of the effect, control or method around the end; may be empty. */
  String signature(String before, Map<String, String> methods) {
    var forms = new HashMap<String, String>();
    ControlForm.all().forEach(form -> forms.put(form.name(), form.shape() + " -> " + form.reply()));
    for (String call : JavaTokens.of(before).calls()) {
      Optional<Signature> effect = vocabulary.signature(call);
      if (effect.isPresent()) {
        return shape(effect.get()) + " -> " + effect.get().reply();
      }
      if (methods.containsKey(call)) {
        return call + methods.get(call);
      }
      if (forms.containsKey(call)) {
        return forms.get(call);
      }
    }
    return "";
  }

  List<Session.Colored> colored(String text) {
    var colored = new ArrayList<Session.Colored>();
    for (JavaTokens.Token token : JavaTokens.of(text).list()) {
      Session.Kind kind = kind(token);
      if (kind != null) {
        colored.add(new Session.Colored(token.start(), token.end(), kind));
      }
    }
    return colored;
  }

  private Session.@Nullable Kind kind(JavaTokens.Token token) {
    return switch (token.kind()) {
      case NUMBER -> Session.Kind.NUMBER;
      case TEXT -> Session.Kind.TEXT;
      case COMMENT -> Session.Kind.COMMENT;
      case SIGN -> null;
      case NAME -> {
        String name = token.text();
        if (SourceVersion.isKeyword(name) || CONTEXTUAL.contains(name)) {
          yield Session.Kind.WORD;
        }
        yield vocabulary.hasWord(name) ? Session.Kind.EFFECT : null;
      }
    };
  }
}
