package conductor.effect.vocabulary;

import conductor.effect.Effect;
import conductor.effect.Place;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from effects the worktrees and agents on which they act: see {@link Place}. */
public final class ActedOnWorktrees {

  private ActedOnWorktrees() {}

  /**
   * Returns the worktrees of which a snapshot is kept as an effect leaves them, and the agents in
   * whose worktrees it acts; none for arguments that were left out.
   */
  public static List<Object> kept(Effect<?> effect) {
    var kept = new ArrayList<>();
    if (effect.getClass().isRecord()) {
      for (RecordComponent argument : effect.getClass().getRecordComponents()) {
        Place place = argument.getAnnotation(Place.class);
        Object value = place != null && place.kept() ? value(argument, effect) : List.of();
        if (value instanceof List<?> several) {
          kept.addAll(several);
        } else if (value != null) {
          kept.add(value);
        }
      }
    }
    return kept;
  }

  private static @Nullable Object value(RecordComponent argument, Effect<?> effect) {
    try {
      return argument.getAccessor().invoke(effect);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + argument, e);
    }
  }
}
