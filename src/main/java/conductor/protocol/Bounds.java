package conductor.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a program within conductor's rules, whatever its own settings say: they may narrow
 * what it does without asking, never widen it.
 *
 * @param words more arguments
 * @param file a text for a file whose path is one argument more; null for none
 */
public record Bounds(List<String> words, @Nullable String file) {

  /** A program that has none. */
  public static final Bounds NONE = new Bounds(List.of(), null);

  public Bounds {
    words = List.copyOf(words);
  }
}
