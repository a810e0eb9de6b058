package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and variables that keep a program within conductor's permission rules, whatever its own
 * settings are: these may reduce what it does without asking, but never extend it.
 *
 * @param words further arguments
 * @param file the content of a file whose path is appended as a last argument; null for none
 * @param variables environment variables to set, except those that conductor's configuration sets
 */
public record Bounds(List<String> words, @Nullable String file, Map<String, String> variables) {

  public static final Bounds NONE = of(List.of());

  public Bounds {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }

  public static Bounds of(List<String> words) {
    return new Bounds(words, null, Map.of());
  }
}
