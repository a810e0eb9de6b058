package conductor.effect;

import java.util.concurrent.Callable;

/** The work of a branch of a run: one effect, or a block of script. */
public sealed interface Body {

  /** The body of a branch that asks for one effect and returns its reply. */
  record Single(Effect<?> effect) implements Body {}

  /** A block (a Groovy closure, a Java lambda) whose value is returned. */
  record Block(Callable<?> block) implements Body {}

  /**
   * Returns a body made of what a script handed over.
   *
   * @throws BadArguments for anything but an effect or a block
   */
  static Body of(Object value) {
    return switch (value) {
      case Effect<?> effect -> new Single(effect);
      case Callable<?> block -> new Block(block);
      default ->
          throw new BadArguments(
              "expected an effect or a closure, found %s (%s)"
                  .formatted(value.getClass().getSimpleName(), value));
    };
  }
}
