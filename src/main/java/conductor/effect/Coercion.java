package conductor.effect;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values that scripts give into the types that effects take, and describes these
 * types.
 */
public final class Coercion {

  private static final Pattern DURATION =
      Pattern.compile("(?<!\\d)(\\d++(?:\\.\\d++)?)\\s*+(ms|s|m|h|d)\\s*+");

  private Coercion() {}

  /**
   * Returns a value converted to a type.
   *
   * @throws IllegalArgumentException when the value does not fit; its message may be null
   */
  public static Object to(Type type, Object given) {
    Object value = plain(given);
    if (type instanceof ParameterizedType parameterized) {
      return toGeneric(parameterized, value);
    }
    Class<?> wanted = (Class<?>) type;
    return switch (value) {
      case Object fitting when wanted.isInstance(fitting) -> fitting;
      case Object name when wanted.isEnum() -> constant(wanted, name);
      case Object time when wanted == Duration.class -> duration(time);
      case String text when wanted == Path.class -> Path.of(text);
      case Integer number when wanted == Long.class -> number.longValue();
      case String text when wanted == PRReference.class -> new PRReference(text);
      case Integer number when wanted == PRReference.class -> new PRReference("#" + number);
      case PRHandle pr when wanted == PRReference.class -> PRReference.of(pr);
      case String line when wanted == CommandEffect.Command.class ->
          CommandEffect.Command.shell(line);
      case List<?> words when wanted == CommandEffect.Command.class ->
          new CommandEffect.Command(words.stream().map(Coercion::word).toList());
      case String agent when wanted == AgentChoice.class -> AgentChoice.named(agent);
      case Map<?, ?> parts when wanted == AgentChoice.class -> AgentChoice.of(parts);
      case Secret _ ->
          throw new IllegalArgumentException(
              "the value of a secret is used as a word of Exec's list or as WriteFile's content; an agent sees the variable when its 'pass_env' names it");
      default -> throw new IllegalArgumentException();
    };
  }

  private static Object word(@Nullable Object word) {
    return word instanceof Secret ? word : String.valueOf(word);
  }

  /** Returns the value with every text in it as a String, and collections as lists. */
  public static Object plain(Object value) {
    return switch (value) {
      case CharSequence text -> text.toString();
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, item) -> plain.put(plain(key), item == null ? null : plain(item)));
        yield plain;
      }
      case Collection<?> items -> {
        var plain = new ArrayList<@Nullable Object>();
        items.forEach(item -> plain.add(item == null ? null : plain(item)));
        yield plain;
      }
      default -> value;
    };
  }

  private static Object toGeneric(ParameterizedType type, Object value) {
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == List.class) {
      Type item = type.getActualTypeArguments()[0];
      Collection<?> items = value instanceof Collection<?> many ? many : List.of(value);
      return items.stream().map(element -> to(item, element)).toList();
    }
    if (raw.isInstance(value)) {
      return value;
    }
    throw new IllegalArgumentException();
  }

  private static Object constant(Class<?> type, Object value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(
            constant -> value instanceof String text && text.equalsIgnoreCase(constant.toString()))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  /**
   * Returns a duration from {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h30m}, {@code 2d},
   * ISO-8601 such as {@code PT7D}, or a number of seconds. The only reader of durations, wherever
   * they are given.
   *
   * @throws IllegalArgumentException for other values
   */
  public static Duration duration(Object value) {
    if (value instanceof Duration duration) {
      return duration;
    }
    if (value instanceof Number seconds) {
      return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }
    String text = String.valueOf(value).strip();
    Matcher part = DURATION.matcher(text);
    if (part.lookingAt()) {
      return ofParts(text, part);
    }
    try {
      return Duration.parse(text.replaceFirst("(?i)\\APT(\\d++)D\\z", "P$1D"));
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException("write '10s', '5m', '1h' or '2d'", e);
    }
  }

  /** Returns the sum of parts whose units become smaller, as in {@code 1h30m}. */
  private static Duration ofParts(String text, Matcher part) {
    double millis = 0;
    long unit = Long.MAX_VALUE;
    int end = 0;
    while (part.find(end) && part.start() == end && millis(part.group(2)) < unit) {
      unit = millis(part.group(2));
      millis += Double.parseDouble(part.group(1)) * unit;
      end = part.end();
      if (end == text.length()) {
        return Duration.ofMillis(Math.round(millis));
      }
    }
    throw new IllegalArgumentException("write '10s', '5m', '1h' or '2d'");
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  /** Returns the name of a type as users know it. */
  public static String describe(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      String name = ((Class<?>) parameterized.getRawType()).getSimpleName();
      return name
          + Arrays.stream(parameterized.getActualTypeArguments())
              .map(Coercion::describe)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (!(type instanceof Class<?> plain)) {
      return "Object";
    }
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(constant -> "'" + constant.toString().toLowerCase(Locale.ROOT) + "'")
          .collect(Collectors.joining(" or "));
    }
    return switch (plain.getSimpleName()) {
      case "Duration" -> "Duration ('10s', '5m', '1h', or seconds)";
      case "Command" -> "Command (a text for the shell, or a list of words)";
      case "AgentChoice" ->
          "AgentChoice (an agent's name, or a map with %s)"
              .formatted(String.join(", ", AgentChoice.PARTS));
      case "PRReference" -> "PRHandle, a number such as '#42', or a url";
      case "Void" -> "nothing";
      default -> plain.getSimpleName();
    };
  }
}
