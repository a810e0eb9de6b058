package conductor.script;

import conductor.effect.Coercion;
import conductor.effect.vocabulary.Nearest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The description and the declared parameters of a script, read without running it. */
public record ScriptInfo(String description, List<Parameter> parameters) {

  private static final Set<String> KNOWN =
      Set.of(
          ("String CharSequence int Integer long Long double Double float Float BigDecimal Number"
                  + " BigInteger boolean Boolean List Collection Set Map Duration Path Instant"
                  + " LocalDate Object")
              .split(" "));

  public ScriptInfo {
    parameters = List.copyOf(parameters);
  }

  /**
   * A parameter that a script declares.
   *
   * @param type its name as declared; {@code Object} for {@code def}
   * @param required whether it has no default
   * @param defaultText the source of its default
   * @param about its description; empty when there is none
   */
  public record Parameter(
      String name, String type, boolean required, String defaultText, String about) {

    @Override
    public String toString() {
      return required ? name : name + "?";
    }
  }

  /** Returns the first doc comment of a script's text; empty when there is none. */
  public static String description(String source) {
    int begin = source.indexOf("/**");
    int end = source.indexOf("*/", begin + 3);
    return begin >= 0 && end >= 0
        ? source
            .substring(begin + 3, end)
            .lines()
            .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
            .collect(Collectors.joining("\n"))
            .strip()
        : "";
  }

  /**
   * Checks given values against the declared parameters and converts them.
   *
   * @param given by name; a text, as from a command line, is converted to the declared type
   * @return the values, of declared types, of the parameters that were given
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

  /**
   * Adds settings for parameters that are declared and not given; one that is given as null is
   * given. {@code name.key} is an entry of a declared map, and the entries of a map are added one
   * by one.
   */
  public Map<String, @Nullable Object> withSettings(
      Map<String, String> settings, Map<String, ? extends @Nullable Object> given) {
    Map<String, @Nullable Object> all = nested(given);
    List<String> names = parameters.stream().map(Parameter::name).toList();
    nested(settings)
        .forEach((name, setting) -> {
          if (names.contains(name) && !all.containsKey(name)) {
            all.put(name, setting);
          } else if (setting instanceof Map<?, ?> below
              && all.get(name) instanceof Map<?, ?> over) {
            var both = new LinkedHashMap<Object, Object>(below);
            both.putAll(over);
            all.put(name, both);
          }
        });
    return all;
  }

  /** Returns values of which those named {@code name.key} are entries of a declared map. */
  private Map<String, @Nullable Object> nested(Map<String, ? extends @Nullable Object> values) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, value) -> {
      String[] path = name.split("\\.", -1);
      if (path.length > 1 && isMap(path[0])) {
        put(all, List.of(path), value);
      } else {
        all.put(name, value);
      }
    });
    return all;
  }

  private boolean isMap(String name) {
    return parameters.stream()
        .anyMatch(one -> one.name().equals(name) && simple(one.type()).equals("Map"));
  }

  private static void put(
      Map<String, @Nullable Object> into, List<String> path, @Nullable Object value) {
    if (path.size() == 1) {
      into.put(path.getFirst(), value);
      return;
    }
    var below = new LinkedHashMap<String, @Nullable Object>();
    if (into.get(path.getFirst()) instanceof Map<?, ?> before) {
      before.forEach((key, one) -> below.put(String.valueOf(key), one));
    }
    put(below, path.subList(1, path.size()), value);
    into.put(path.getFirst(), below);
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

  /** Returns a parameter's default, converted to its declared type. */
  public static @Nullable Object ofDefault(String name, String type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Object given = type.equals("String") ? String.valueOf(value) : value;
    return typed(new Parameter(name, type, false, "", ""), given);
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

  /** Returns whether values are converted to a type; values of other types are left as they are. */
  public static boolean isKnown(String type) {
    return KNOWN.contains(simple(type));
  }

  private static String simple(String type) {
    return type.replaceFirst("<.*", "").replaceFirst("^.*\\.", "");
  }

  /** Returns the value as the type; null when it cannot be converted. */
  private static @Nullable Object convert(String type, Object value) {
    try {
      return switch (simple(type)) {
        case "String", "CharSequence" -> value instanceof String ? value : null;
        case "int", "Integer" -> whole(value).map(Math::toIntExact).orElse(null);
        case "long", "Long" -> whole(value).orElse(null);
        case "double", "Double" -> Double.valueOf(value.toString());
        case "float", "Float" -> Float.valueOf(value.toString());
        case "BigDecimal", "Number" -> new BigDecimal(value.toString());
        case "BigInteger" -> new BigDecimal(value.toString()).toBigIntegerExact();
        case "boolean", "Boolean" -> truth(value);
        case "List", "Collection" -> list(value);
        case "Set" -> list(value) instanceof List<?> items ? new LinkedHashSet<>(items) : null;
        case "Map" -> value instanceof Map<?, ?> ? value : null;
        case "Duration" -> Coercion.duration(value);
        case "Path" -> value instanceof Path path ? path : Path.of(text(value));
        case "Instant" -> value instanceof Instant time ? time : Instant.parse(text(value));
        case "LocalDate" -> value instanceof LocalDate date ? date : LocalDate.parse(text(value));
        default -> value;
      };
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return null;
    }
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text");
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
      case String text -> Stream.of(text.split(",", -1)).map(String::strip).toList();
      default -> null;
    };
  }
}
