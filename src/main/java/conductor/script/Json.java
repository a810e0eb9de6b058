package conductor.script;

import conductor.effect.BadArguments;
import conductor.state.JsonReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON for scripts, which get maps and lists. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  /**
   * Parses JSON into maps, lists, texts, numbers, booleans and null; numbers with a fraction become
   * {@code BigDecimal}.
   *
   * @throws BadArguments when the text is no JSON
   */
  public static @Nullable Object parse(CharSequence text) {
    try {
      return MAPPER.readValue(text.toString(), Object.class);
    } catch (JacksonException e) {
      throw new BadArguments("Json.parse takes JSON: " + JsonReason.of(e));
    }
  }

  public static String text(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
