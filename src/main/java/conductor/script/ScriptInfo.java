package conductor.script;

import conductor.effect.Coercion;
import conductor.effect.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a script says of itself, read without running it.
 *
 * @param description the first doc comment; empty when there is none
 */
public record ScriptInfo(String description, List<Parameter> parameters) {

  private static final Pattern DOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  public ScriptInfo {
    parameters = List.copyOf(parameters);
  }

  /**
   * A declared parameter.
   *
   * @param type its name as declared; {@code def} is {@code Object}
   * @param defaultText the source of its default
   */
  public record Parameter(
      String name, String type, boolean required, String defaultText, String about) {

    @Override
    public String toString() {
      return required ? name : name + "?";
    }
  }

  /** The first doc comment of a script's text; empty when there is none. */
  public static String description(String source) {
    Matcher doc = DOC.matcher(source);
    return doc.find()
        ? doc.group(1)
            .lines()
            .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
            .collect(Collectors.joining("\n"))
            .strip()
        : "";
  }

  /**
   * Holds given values against the declarations.
   *
   * @param given by name; texts from a command line are taken as what is declared
   * @return the values of declared types, for those that were given
   * @throws BadParameters for an unknown, missing or ill-typed one
   */
  public Map<String, @Nullable Object> check(Map<String, ?> given) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new BadParameters(
            "the workflow has no parameter '%s'%s%s"
                .formatted(name, Nearest.hint(name, names), known()),
            name);
      }
    }
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (Parameter parameter : parameters) {
      Object value = given.get(parameter.name());
      if (value != null) {
        values.put(parameter.name(), typed(parameter, value));
      } else if (parameter.required()) {
        throw new BadParameters(
            "the workflow needs the parameter '%s' (%s)%s: give --param %s=..."
                .formatted(parameter.name(), parameter.type(), about(parameter), parameter.name()));
      }
    }
    return values;
  }

  private String known() {
    return parameters.isEmpty()
        ? "; it has none"
        : "; it has "
            + parameters.stream().map(Parameter::toString).collect(Collectors.joining(", "));
  }

  private static String about(Parameter parameter) {
    return parameter.about().isEmpty() ? "" : ", " + parameter.about();
  }

  private static Object typed(Parameter parameter, Object value) {
    Object typed = convert(parameter.type(), Coercion.plain(value));
    if (typed == null) {
      throw new BadParameters(
          "the parameter '%s' must be %s, found %s (%s)"
              .formatted(
                  parameter.name(), parameter.type(), value, value.getClass().getSimpleName()));
    }
    return typed;
  }

  /** Null when it does not fit. */
  private static @Nullable Object convert(String type, Object value) {
    String simple = type.replaceFirst("<.*", "").replaceFirst("^.*\\.", "");
    try {
      return switch (simple) {
        case "String", "CharSequence" -> value instanceof String ? value : null;
        case "int", "Integer" -> whole(value).map(Math::toIntExact).orElse(null);
        case "long", "Long" -> whole(value).orElse(null);
        case "double", "Double", "float", "Float" -> Double.valueOf(value.toString());
        case "BigDecimal", "Number" -> new java.math.BigDecimal(value.toString());
        case "boolean", "Boolean" -> truth(value);
        case "List", "Collection" -> list(value);
        case "Map" -> value instanceof Map<?, ?> ? value : null;
        case "Duration" -> Coercion.duration(value);
        case "Path" -> value instanceof String text ? java.nio.file.Path.of(text) : null;
        default -> value;
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  private static java.util.Optional<Long> whole(Object value) {
    return switch (value) {
      case Integer number -> java.util.Optional.of(number.longValue());
      case Long number -> java.util.Optional.of(number);
      case String text -> java.util.Optional.of(Long.valueOf(text.strip()));
      default -> java.util.Optional.empty();
    };
  }

  private static @Nullable Object truth(Object value) {
    return switch (String.valueOf(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable Object list(Object value) {
    return switch (value) {
      case List<?> items -> items;
      case String text when text.isEmpty() -> List.of();
      case String text -> List.of(text.split("\\s*,\\s*", -1));
      default -> null;
    };
  }
}
