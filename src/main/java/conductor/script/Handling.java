package conductor.script;

import conductor.effect.BadArguments;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Guarded;
import conductor.effect.HandlerFailed;
import conductor.effect.HandlingFailure;
import conductor.effect.Own;
import conductor.effect.Site;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.HandlerStack.Answer;
import conductor.script.HandlerStack.Next;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers an effect of a script: the innermost {@code handling} block in force, else
 * the definition of an own effect, else the engine. An effect that a script answers itself reaches
 * the engine as a {@link Control.Handled} scope. Performs nothing on its own.
 */
public final class Handling {

  private static final int MAX_DEPTH = 100;

  private final Vocabulary vocabulary;
  private final BiFunction<Effect<?>, Site, @Nullable Object> perform;
  private final Map<String, Answer> definitions;

  /**
   * Creates the routing for one run.
   *
   * @param definitions the handlers of own effects, by name
   * @param perform performs an effect with the handlers in force on the calling thread
   */
  public Handling(
      Vocabulary vocabulary,
      Map<String, Answer> definitions,
      BiFunction<Effect<?>, Site, @Nullable Object> perform) {
    this.vocabulary = vocabulary;
    this.definitions = Map.copyOf(definitions);
    this.perform = perform;
  }

  /**
   * Checks that each of these names is an effect that a script may handle.
   *
   * @throws BadArguments for a control, and for an unknown name
   */
  public void check(Iterable<String> names) {
    for (String name : names) {
      if (Vocabulary.controls().contains(name)) {
        throw new BadArguments(
            "%s shapes the run itself and has no handler; handling takes effects such as RunAgent"
                .formatted(name));
      }
      if (vocabulary.signature(name).isEmpty()) {
        throw new BadArguments(
            "handling: unknown effect '%s'%s"
                .formatted(name, Nearest.hint(name, vocabulary.names())));
      }
    }
  }

  /**
   * Returns the effect to hand to the engine: the effect itself, a {@link Control.Handled} when a
   * script answers it, or a control whose branches keep the handlers in force here.
   */
  public Effect<?> routed(Effect<?> effect, Site site) {
    HandlerStack here = HandlerStack.here();
    if (effect instanceof Guarded<?>(var guarded, var _)) {
      Effect<?> routed = routed(guarded, site);
      return routed.equals(guarded) ? effect : routed;
    }
    if (effect instanceof Control<?> control) {
      return here.isEmpty() && definitions.isEmpty()
          ? control
          : changed(control, body -> kept(body, here, site));
    }
    String kind = effect.kind();
    HandlerStack block = here.of(kind);
    if (block != null) {
      Answer answer = Objects.requireNonNull(block.handlers().get(kind));
      return handled(effect, answer, block.outside(here), site);
    }
    Answer definition = definitions.get(kind);
    if (effect instanceof Own) {
      return handled(
          effect,
          Objects.requireNonNull(definition, () -> "no handler of " + kind),
          here.at(here.depth() + 1),
          site);
    }
    return effect;
  }

  private Effect<?> handled(Effect<?> effect, Answer answer, HandlerStack inForce, Site site) {
    if (inForce.depth() > MAX_DEPTH) {
      throw new HandlingFailure.EndlessHandling(effect.kind(), MAX_DEPTH);
    }
    Next next = other -> run(inForce, () -> perform.apply(Yielded.effect(other), site));
    return new Control.Handled(
        effect, new Body.Block(() -> answered(effect, answer, inForce, next)));
  }

  private @Nullable Object answered(
      Effect<?> effect, Answer answer, HandlerStack inForce, Next next) {
    Signature signature = vocabulary.signature(effect.kind()).orElseThrow();
    return signature.answer(
        run(
            inForce,
            () -> {
              try {
                return answer.answer(effect, next);
              } catch (Failure failure) {
                throw failure;
              } catch (Exception | AssertionError | StackOverflowError thrown) {
                throw failed(effect, thrown);
              }
            }));
  }

  private static Failure failed(Effect<?> effect, Throwable thrown) {
    var failure =
        new HandlerFailed(
            effect.kind(),
            "its handler threw %s: %s"
                .formatted(thrown.getClass().getSimpleName(), thrown.getMessage()));
    failure.initCause(thrown);
    failure.setStackTrace(thrown.getStackTrace());
    return failure;
  }

  /** Returns a control with each of its branches changed. */
  public static Control<?> changed(Control<?> control, UnaryOperator<Body> change) {
    return switch (control) {
      case Control.Gather gather ->
          new Control.Gather(changed(gather.branches(), change), gather.named(), gather.failFast());
      case Control.Race race -> new Control.Race(changed(race.branches(), change));
      case Control.Spawn(var body) -> new Control.Spawn(change.apply(body));
      case Control.Try(var body) -> new Control.Try(change.apply(body));
      case Control.Wait wait -> wait;
      case Control.Handled(var effect, var body) -> new Control.Handled(effect, change.apply(body));
    };
  }

  private static Map<String, Body> changed(Map<String, Body> bodies, UnaryOperator<Body> change) {
    var changed = new LinkedHashMap<String, Body>();
    bodies.forEach((key, body) -> changed.put(key, change.apply(body)));
    return changed;
  }

  /** Returns a branch that runs with the handlers in force at the place that yields it. */
  private Body kept(Body body, HandlerStack here, Site site) {
    return switch (body) {
      case Body.Block(var block) -> new Body.Block(() -> here.<@Nullable Object>run(block::call));
      case Body.Single(var effect) ->
          isAnswered(effect, here)
              ? new Body.Block(() -> run(here, () -> perform.apply(effect, site)))
              : body;
    };
  }

  private boolean isAnswered(Effect<?> effect, HandlerStack here) {
    return effect instanceof Control<?>
        || definitions.containsKey(effect.kind())
        || here.of(effect.kind()) != null;
  }

  /** Runs a block with handlers in force. Throws what the block throws, checked exceptions too. */
  public static @Nullable Object run(HandlerStack scope, Callable<?> block) {
    try {
      return scope.<@Nullable Object>run(block::call);
    } catch (Exception e) {
      throw sneaky(e);
    }
  }

  /** Throws an error as it is, although it may be a checked exception. */
  @SuppressWarnings("unchecked")
  public static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
