package conductor.script;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Performer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the scripts of one run hand their effects over. Each run's class loader has a class of its
 * own with the static method behind {@code yield}, so that it works in every class of a script.
 */
public final class Performing {

  /** The Groovy source of the class that scripts import their {@code yield} from. */
  static final String SOURCE =
      """
      package conductor.workflow
      class Yield {
        static conductor.script.Performing performing
        static Object _yld_(Object effect) { performing.perform(effect) }
        static Object perform(Object effect) { performing.perform(effect) }
      }
      """;

  static final String FILE = "Yield.groovy";
  static final String CLASS = "conductor.workflow.Yield";

  private final Frames frames;
  private volatile @Nullable Performer performer;

  Performing(Frames frames) {
    this.frames = frames;
  }

  void by(Performer performer) {
    this.performer = performer;
  }

  /**
   * Performs what a script yields: an effect, or a list or map of them.
   *
   * @throws conductor.effect.BadArguments for anything else
   */
  public @Nullable Object perform(@Nullable Object yielded) {
    Effect<?> effect = Verbs.effect(yielded);
    try {
      return Objects.requireNonNull(performer, "not running").perform(effect, frames.site());
    } catch (Failure | IllegalArgumentException e) {
      throw frames.raisedHere(e);
    }
  }
}
