package conductor.script.java;

import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates the methods with which Java constructs an own effect: the arguments in order, where
 * optional ones at the end may be left out.
 */
final class OwnWords {

  private OwnWords() {}

  /** Returns the source of the methods, with the fewest arguments first. */
  static List<String> of(Signature effect) {
    int least = 0;
    for (int at = 0; at < effect.parameters().size(); at++) {
      least = effect.parameters().get(at).required() ? at + 1 : least;
    }
    return IntStream.rangeClosed(least, effect.parameters().size())
        .mapToObj(count -> method(effect, effect.parameters().subList(0, count)))
        .toList();
  }

  private static String method(Signature effect, List<Parameter> parameters) {
    String taken =
        parameters.stream()
            .map(parameter -> taken(parameter.type()) + " " + parameter.javaName())
            .collect(Collectors.joining(", "));
    var given = new ArrayList<String>(List.of('"' + effect.name() + '"'));
    parameters.forEach(parameter -> given.add(parameter.javaName()));
    return "Effect<%s> %s(%s) { return own(%s); }"
        .formatted(reply(effect.replyType()), effect.name(), taken, String.join(", ", given));
  }

  /** Returns an argument's type, wide enough for what is converted in Groovy scripts too. */
  private static String taken(Type type) {
    if (!(type instanceof Class<?> raw)) {
      return "List<?>";
    }
    if (raw == Duration.class || raw == Path.class) {
      return "Object";
    }
    if (raw == Map.class) {
      return "Map<String, ?>";
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return "Collection<?>";
    }
    return Number.class.isAssignableFrom(raw) ? "Number" : raw.getCanonicalName();
  }

  private static String reply(Type type) {
    if (type instanceof ParameterizedType list) {
      return "List<" + reply(list.getActualTypeArguments()[0]) + ">";
    }
    Class<?> raw = (Class<?>) type;
    return switch (raw.getSimpleName()) {
      case "Map" -> "Map<String, Object>";
      case "List" -> "List<Object>";
      case "Collection" -> "Collection<Object>";
      default -> raw.getCanonicalName();
    };
  }
}
