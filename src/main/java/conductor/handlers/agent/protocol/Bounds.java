package conductor.handlers.agent.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a program within conductor's rules, whatever its own settings say: they may narrow
 * what it does without asking, never widen it.
 *
 * @param words more arguments
 * @param file a text for a file whose path is one argument more; null for none
 * @param variables what its environment must say, but where the configuration says it by itself
 */
public record Bounds(List<String> words, @Nullable String file, Map<String, String> variables) {

  /** A program that has none. */
  public static final Bounds NONE = of(List.of());

  public Bounds {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }

  /** Returns those that are arguments. */
  public static Bounds of(List<String> words) {
    return new Bounds(words, null, Map.of());
  }
}
