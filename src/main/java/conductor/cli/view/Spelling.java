package conductor.cli.view;

import conductor.effect.vocabulary.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a word on the command line, in any case, into a constant of an enum; for an unknown word
 * the error names the nearest one.
 */
public record Spelling<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {

  public static <E extends Enum<E>> void use(CommandLine line, Class<E> type) {
    line.registerConverter(type, new Spelling<>(type));
  }

  @Override
  public E convert(String given) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(given)) {
        return value;
      }
    }
    List<String> all =
        Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList();
    throw new TypeConversionException(
        "'%s' is none of %s%s".formatted(given, String.join(", ", all), Nearest.hint(given, all)));
  }
}
