package conductor.simulation;

import conductor.effect.AgentEffect;
import conductor.handlers.agent.StructuredAnswer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the replies of agents of what rules say: a text, or a value that fits an output format. */
record AgentReplies(Cast cast) {

  /**
   * Returns the reply to a turn.
   *
   * @param format the output format that was asked for; null for text
   * @param said what a rule said
   */
  @Nullable Object fitted(AgentEffect<?> effect, @Nullable Object format, @Nullable Object said) {
    if (format == null) {
      return effect instanceof AgentEffect.SendMessage ? null : Objects.toString(said, "");
    }
    if (!(format instanceof Map<?, ?> schema)) {
      return said;
    }
    Object value = said == null ? Samples.of(schema) : said;
    StructuredAnswer.problem(schema, value)
        .ifPresent(why -> {
          throw cast.problem(effect, "the agent's reply does not fit its output_format: " + why);
        });
    return value;
  }
}
