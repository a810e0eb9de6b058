package conductor.state;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;

/** Says in words why a text is no JSON or YAML, or not of the expected shape. */
public final class JsonReason {

  /** The part of a message in which the parser names the method that sets a limit. */
  private static final Pattern SETTER = Pattern.compile(", from `[^`]*`");

  private JsonReason() {}

  /** Returns the line of the text at which it is wrong; 1 where the parser does not say. */
  public static int line(JacksonException error) {
    return error.getLocation() == null ? 1 : error.getLocation().getLineNr();
  }

  /** Returns the column at which it is wrong; 1 where the parser does not say. */
  public static int column(JacksonException error) {
    return error.getLocation() == null ? 1 : error.getLocation().getColumnNr();
  }

  /** Returns the reason in one line, without names of Java classes of the parser. */
  public static String of(JacksonException error) {
    if (error instanceof InvalidFormatException wrong) {
      String member =
          wrong.getPath().stream()
              .map(JacksonException.Reference::getPropertyName)
              .filter(Objects::nonNull)
              .collect(Collectors.joining("."));
      return "'%s' is no %s: %s"
          .formatted(member, wrong.getTargetType().getSimpleName(), wrong.getValue());
    }
    String said = error.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    return SETTER.matcher(said).replaceAll("");
  }
}
