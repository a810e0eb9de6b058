package conductor.script.groovy;

import conductor.effect.AgentEffect;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.Session;
import conductor.state.SnakeCase;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the completions at a place of a Groovy text from the vocabulary, the variables and the
 * methods of a session.
 */
final class Suggestions {

  private static final String ALONE = "break continue false null true";
  private static final String WITH_MORE =
      "assert case catch class def else finally for if import in instanceof new return switch throw try while yield";

  private static final Pattern IMPORT =
      Pattern.compile("(^|[\\n;])[ \\t]*+import[ \\t]++(static[ \\t]++)?[\\w.]*+$");

  private final Vocabulary vocabulary;
  private final Map<String, @Nullable Object> variables;
  private final List<String> methods;

  Suggestions(
      Vocabulary vocabulary, Map<String, @Nullable Object> variables, List<String> methods) {
    this.vocabulary = vocabulary;
    this.variables = variables;
    this.methods = methods;
  }

  Session.Suggested at(String text, int cursor) {
    Context context = Context.at(vocabulary, text, cursor);
    Map<String, String> words =
        context.quoted()
            ? closed(context, text)
            : unquoted(context, text.substring(0, context.from()));
    return new Session.Suggested(
        context.from(),
        context.quoted() && words.isEmpty()
            ? quoted(context, text.substring(0, context.from() - 1))
            : Session.Quoted.NOTHING,
        words.entrySet().stream()
            .filter(word -> word.getKey().startsWith(context.word()))
            .map(word -> new Session.Suggestion(word.getKey(), word.getValue()))
            .toList());
  }

  private static Session.Quoted quoted(Context context, String before) {
    boolean first = before.stripTrailing().endsWith(context.effect() + "(");
    boolean type = first || TokensBeforeCursor.argument(before).equals("type");
    return type
            && context
                .construction()
                .filter(effect -> AgentEffect.class.isAssignableFrom(effect.type()))
                .flatMap(effect -> effect.parameter("type"))
                .isPresent()
        ? Session.Quoted.AGENT_TYPE
        : Session.Quoted.ANYTHING;
  }

  private Map<String, String> unquoted(Context context, String before) {
    String owner = context.owner();
    if (IMPORT.matcher(before).find()) {
      return below(owner, context.word()).entrySet().stream()
          .collect(
              Collectors.toMap(
                  name -> name.getKey().replaceAll("\\(\\)?$", ""),
                  Map.Entry::getValue,
                  (one, _) -> one,
                  TreeMap::new));
    }
    if (!owner.isEmpty()) {
      return variables.containsKey(owner.split("\\.", 2)[0])
          ? members(value(owner))
          : below(owner, context.word());
    }
    return before.endsWith(".")
        ? TokensBeforeCursor.type(vocabulary, before).map(Suggestions::members).orElse(Map.of())
        : words(context);
  }

  /** Returns the static members of a class, or the contents of a package. */
  private static Map<String, String> below(String owner, String word) {
    return JdkNames.type(owner)
        .map(JdkNames::statics)
        .orElseGet(() -> JdkNames.within(owner, word));
  }

  /** Returns the texts that an argument may be; empty when they are not a closed set. */
  private static Map<String, String> closed(Context context, String text) {
    String name = TokensBeforeCursor.argument(text.substring(0, context.from() - 1));
    return context
        .construction()
        .flatMap(signature -> signature.parameter(name))
        .map(parameter -> TokensBeforeCursor.texts(parameter.type()))
        .orElse(Map.of());
  }

  private Map<String, String> words(Context context) {
    var words = new TreeMap<String, String>();
    List.of(ALONE.split(" ", -1)).forEach(word -> words.put(word, ""));
    List.of(WITH_MORE.split(" ", -1)).forEach(word -> words.put(word + " ", ""));
    for (Signature signature : vocabulary.signatures()) {
      words.put(signature.name() + "(", signature.about());
    }
    Vocabulary.controls().forEach(control -> words.put(control, "control"));
    methods.forEach(method -> words.put(method + "(", "method"));
    variables.forEach((name, value) -> words.put(name, type(value)));
    context.construction().stream()
        .flatMap(signature -> signature.parameters().stream())
        .forEach(parameter -> words.put(parameter.name() + ": ", about(parameter)));
    return words;
  }

  private static String about(Parameter parameter) {
    return parameter.typeName() + (parameter.about().isEmpty() ? "" : ", " + parameter.about());
  }

  private static String type(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  /** Returns the value of a dotted name, unless reading it runs code of the user's; else null. */
  private @Nullable Object value(String path) {
    Object value = null;
    boolean first = true;
    for (String name : path.split("\\.", -1)) {
      value = first ? variables.get(name) : part(value, name);
      first = false;
    }
    return value;
  }

  private static @Nullable Object part(@Nullable Object owner, String name) {
    if (owner instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (owner instanceof Record) {
      for (RecordComponent component : owner.getClass().getRecordComponents()) {
        if (component.getName().equals(name) || SnakeCase.of(component.getName()).equals(name)) {
          return read(owner, component.getAccessor());
        }
      }
    }
    return null;
  }

  private static @Nullable Object read(Object owner, Method accessor) {
    try {
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Map<String, String> members(@Nullable Object owner) {
    if (owner == null) {
      return Map.of();
    }
    Map<String, String> members = members(owner.getClass());
    if (owner instanceof Map<?, ?> map) {
      map.keySet().stream()
          .filter(key -> String.valueOf(key).matches("[A-Za-z_]\\w*"))
          .forEach(key -> members.put(String.valueOf(key), type(map.get(key))));
    }
    return members;
  }

  private static Map<String, String> members(Class<?> type) {
    var members = new TreeMap<String, String>();
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) && !method.getName().contains("$")) {
        boolean empty = method.getParameterCount() == 0;
        members.put(
            method.getName() + (empty ? "()" : "("), method.getReturnType().getSimpleName());
      }
    }
    if (type.isRecord()) {
      for (RecordComponent part : type.getRecordComponents()) {
        members.remove(part.getName() + "()");
        members.put(SnakeCase.of(part.getName()), part.getType().getSimpleName());
      }
    }
    return members;
  }
}
