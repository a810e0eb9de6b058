package conductor.script.java;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Issue;
import conductor.effect.Performer;
import conductor.effect.Site;
import conductor.script.Frames;
import conductor.script.HandlerStack;
import conductor.script.Handling;
import conductor.script.KnownEffects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of a workflow in Java that its code reaches through {@link JavaControls}:
 * performer, handlers, parameters and issue.
 */
final class JavaRun {

  private static final ScopedValue<JavaRun> HERE = ScopedValue.newInstance();

  private final Performer performer;
  private final KnownEffects effects;
  private final Frames frames;
  private final Handling handling;
  final Map<String, @Nullable Object> params;
  final @Nullable Issue issue;

  JavaRun(
      Performer performer,
      KnownEffects effects,
      Frames frames,
      Map<String, @Nullable Object> params,
      @Nullable Issue issue) {
    this.performer = performer;
    this.effects = effects;
    this.frames = frames;
    this.handling = new Handling(effects.vocabulary(), effects.answers(), this::perform);
    effects.begin().accept(performer);
    this.params = params;
    this.issue = issue;
  }

  /**
   * Returns the run of the calling thread.
   *
   * @throws IllegalStateException on a thread that conductor did not start
   */
  static JavaRun here() {
    if (!HERE.isBound()) {
      throw new IllegalStateException(
          "an effect was asked for on a thread that conductor did not start; use Gather or Spawn to do things at once");
    }
    return HERE.get();
  }

  /** Runs code of the workflow, in which {@link #here} returns this run. */
  <T extends @Nullable Object> T call(Callable<T> code) throws Exception {
    return ScopedValue.where(HERE, this).call(code::call);
  }

  @Nullable Object perform(Effect<?> effect) {
    try {
      return perform(effect, frames.site());
    } catch (Failure | IllegalArgumentException e) {
      throw frames.raisedHere(e);
    }
  }

  private @Nullable Object perform(Effect<?> effect, Site site) {
    return performer.perform(bound(handling.routed(effect, site)), site);
  }

  /** Wraps blocks, so that {@link #here} returns this run on whatever thread they run. */
  private Effect<?> bound(Effect<?> effect) {
    return effect instanceof Control<?> control ? Handling.changed(control, this::bound) : effect;
  }

  private Body bound(Body body) {
    return switch (body) {
      case Body.Block(var block) -> new Body.Block(() -> this.<@Nullable Object>call(block::call));
      case Body.Single(var effect) -> new Body.Single(bound(effect));
    };
  }

  Effect<?> own(String name, @Nullable Object[] arguments) {
    return effects.maker().apply(name, arguments);
  }

  @Nullable Object handling(String effect, HandlerStack.Answer answer, Callable<?> block) {
    handling.check(List.of(effect));
    HandlerStack.Answer here = (asked, next) -> call(() -> answer.answer(asked, next));
    return Handling.run(HandlerStack.here().with(Map.of(effect, here)), block);
  }
}
