package conductor.script;

import conductor.effect.BadArguments;
import conductor.effect.Control;
import conductor.effect.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value that a script yields: an effect, or several effects to perform in parallel. */
public final class Yielded {

  private Yielded() {}

  /**
   * Returns the effect that a yielded value stands for; a list or a map of effects becomes a {@link
   * Control.Gather} of them.
   */
  public static Effect<?> effect(@Nullable Object yielded) {
    return switch (yielded) {
      case Effect<?> effect -> effect;
      case List<?> effects -> new Control.Gather(Control.keyed(effects), false, true);
      case Map<?, ?> effects -> new Control.Gather(Control.keyed(texts(effects)), true, true);
      case null -> throw new BadArguments("yield takes an effect, found null");
      default ->
          throw new BadArguments(
              "yield takes an effect, such as Now(); found %s (%s)"
                  .formatted(yielded, yielded.getClass().getSimpleName()));
    };
  }

  /** Returns a copy of a map with its keys as texts, in the same order. */
  public static Map<String, Object> texts(Map<?, ?> map) {
    var texts = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }
}
