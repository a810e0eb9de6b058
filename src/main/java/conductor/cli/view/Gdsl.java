package conductor.cli.view;

import conductor.effect.Issue;
import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the words of workflows in IntelliJ's GDSL, by which it completes effects, their parameters
 * and their replies, and explains them.
 */
public final class Gdsl {

  private static final String OBJECT = "java.lang.Object";

  private Gdsl() {}

  /** Returns the file. */
  public static String file(List<Signature> effects) {
    var lines = new ArrayList<String>();
    lines.add("// The words of conductor's workflows, for IntelliJ: 'conductor effects --gdsl'.");
    lines.add("contributor(context(scope: scriptScope())) {");
    lines.add("  property(name: 'issue', type: '%s')".formatted(Issue.class.getName()));
    lines.add("  property(name: 'params', type: '%s')".formatted(Map.class.getName()));
    for (String verb : List.of("yield", "perform")) {
      lines.add(
          "  method(name: '%s', type: '%s', params: [effect: '%2$s'], doc: 'Performs an effect.')"
              .formatted(verb, OBJECT));
    }
    for (Signature effect : effects) {
      lines.add(method(effect));
      if (effect.parameters().stream().anyMatch(Parameter::leading)) {
        lines.add(leading(effect));
      }
    }
    for (ControlForm control : ControlForm.all()) {
      String about = control.about() + " " + control.shape();
      lines.add(
          "  method(name: '%s', type: '%s', params: [what: '%2$s'], doc: '%s')"
              .formatted(control.name(), OBJECT, quoted(about)));
    }
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  /** Returns the form in which all arguments are named. */
  private static String method(Signature effect) {
    return "  method(name: '%s', type: '%s', namedParams: [%s], doc: '%s')"
        .formatted(effect.name(), type(effect.replyType()), named(effect), doc(effect));
  }

  /** Returns the form in which one argument stands first. */
  private static String leading(Signature effect) {
    Parameter first =
        effect.parameters().stream().filter(Parameter::leading).findFirst().orElseThrow();
    return "  method(name: '%s', type: '%s', params: [%s: '%s'], namedParams: [%s], doc: '%s')"
        .formatted(
            effect.name(),
            type(effect.replyType()),
            first.name(),
            type(first.type()),
            named(effect),
            doc(effect));
  }

  private static String named(Signature effect) {
    return effect.parameters().stream()
        .map(parameter ->
            "parameter(name: '%s', type: '%s')".formatted(parameter.name(), type(parameter.type())))
        .collect(Collectors.joining(", "));
  }

  private static String doc(Signature effect) {
    String parameters =
        effect.parameters().stream()
            .map(parameter -> "<li>%s: %s</li>".formatted(parameter, parameter.about()))
            .collect(Collectors.joining());
    return quoted("%s<ul>%s</ul>Reply: %s".formatted(effect.about(), parameters, effect.reply()));
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      return type(generic.getRawType());
    }
    return type instanceof Class<?> plain && plain != Void.class
        ? String.valueOf(plain.getCanonicalName())
        : OBJECT;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'").replaceAll("\\s+", " ");
  }
}
