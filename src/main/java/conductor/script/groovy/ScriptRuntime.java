package conductor.script.groovy;

import conductor.effect.BadArguments;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.Own;
import conductor.effect.Performer;
import conductor.effect.Site;
import conductor.effect.vocabulary.Signature;
import conductor.script.Frames;
import conductor.script.HandlerStack;
import conductor.script.HandlerStack.Answer;
import conductor.script.Handling;
import conductor.script.Yielded;
import groovy.lang.Closure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.jspecify.annotations.Nullable;

/**
 * Performs the effects that the scripts of one run yield, with the handlers in force; the methods
 * of {@link YieldClass} call it.
 */
public final class ScriptRuntime {

  private final Frames frames;
  private final OwnEffects effects;
  private volatile @Nullable Performer performer;
  private volatile @Nullable Handling handling;
  private Map<String, Object> instances = Map.of();

  ScriptRuntime(Frames frames, OwnEffects effects) {
    this.frames = frames;
    this.effects = effects;
  }

  /**
   * Sets the performer and the instances; called before the scripts run.
   *
   * @param instances the instances of the scripts that define effects, by their classes' names
   */
  void by(Performer performer, Map<String, Object> instances) {
    this.performer = performer;
    this.instances = Map.copyOf(instances);
    handling = new Handling(effects.vocabulary(), answers(), this::perform);
  }

  Map<String, Answer> answers() {
    var answers = new LinkedHashMap<String, Answer>();
    effects.definitions.forEach(
        (name, definition) -> answers.put(name, (effect, _) -> call(definition, effect)));
    return answers;
  }

  private @Nullable Object call(OwnEffects.Definition definition, Effect<?> effect) {
    return invoke(
        definition, definition.signature().name(), ((Own) effect).arguments().values().toArray());
  }

  private @Nullable Object invoke(
      OwnEffects.Definition definition, String method, @Nullable Object... arguments) {
    Object instance = Objects.requireNonNull(instances.get(definition.type()));
    try {
      return InvokerHelper.invokeMethod(instance, method, arguments);
    } catch (InvokerInvocationException e) {
      throw Handling.sneaky(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Performs what a script yields: an effect, or a list or map of them.
   *
   * @throws BadArguments for anything else
   */
  public @Nullable Object perform(@Nullable Object yielded) {
    return perform(yielded, Integer.MAX_VALUE);
  }

  /**
   * Performs what a script yields over several lines.
   *
   * @param line the line in which the {@code yield} begins, counted from 1
   * @throws BadArguments for anything but an effect, or a list or map of them
   */
  public @Nullable Object perform(@Nullable Object yielded, int line) {
    Effect<?> effect = Yielded.effect(yielded);
    try {
      return perform(effect, frames.site(line));
    } catch (Failure | IllegalArgumentException e) {
      throw frames.raisedHere(e, line);
    }
  }

  private @Nullable Object perform(Effect<?> effect, Site site) {
    return Objects.requireNonNull(performer, "not running")
        .perform(handling().routed(effect, site), site);
  }

  private Handling handling() {
    return Objects.requireNonNull(handling, "not running");
  }

  /**
   * Constructs an own effect, with the defaults of the parameters that are not given.
   *
   * @throws BadArguments when the arguments are wrong
   */
  public Effect<?> own(String name, @Nullable Object... arguments) {
    OwnEffects.Definition definition = Objects.requireNonNull(effects.definitions.get(name));
    Signature signature = definition.signature();
    var given = (Own) GroovyEffects.bind(signature, arguments);
    var all = new LinkedHashMap<String, @Nullable Object>(given.arguments());
    definition
        .defaults()
        .forEach((parameter, method) -> {
          if (all.get(parameter) == null) {
            all.put(parameter, signature.argument(parameter, invoke(definition, method)));
          }
        });
    return new Own(name, all);
  }

  /**
   * Runs a block with handlers of the script's own and returns its value.
   *
   * @param handlers by the effects' names: closures that take the effect and a {@code perform}
   * @throws BadArguments for a handler that is no closure, or of an unknown effect or a control
   */
  public @Nullable Object handling(Map<?, ?> handlers, Closure<?> block) {
    var answers = new LinkedHashMap<String, Answer>();
    handlers.forEach((name, handler) -> answers.put(String.valueOf(name), answer(name, handler)));
    handling().check(answers.keySet());
    return Handling.run(HandlerStack.here().with(answers), block);
  }

  public BadArguments mishandled(@Nullable Object... arguments) {
    return new BadArguments(
        "handling takes handlers by name and a block: handling(RunAgent: { effect, perform -> ... }) { ... }; found %d arguments"
            .formatted(arguments.length));
  }

  private static Answer answer(@Nullable Object name, @Nullable Object handler) {
    if (!(handler instanceof Closure<?> closure)) {
      throw new BadArguments(
          "the handler of %s must be a closure { effect, perform -> ... }, found %s"
              .formatted(name, handler));
    }
    return (effect, next) ->
        switch (closure.getMaximumNumberOfParameters()) {
          case 0 -> closure.call();
          case 1 -> closure.call(effect);
          default -> closure.call(effect, new Perform(closure, effect, next));
        };
  }

  /**
   * The {@code perform} of a handler; without an argument it performs the handled effect itself.
   */
  static final class Perform extends Closure<@Nullable Object> {
    private final transient Effect<?> effect;
    private final transient HandlerStack.Next next;

    Perform(Object owner, Effect<?> effect, HandlerStack.Next next) {
      super(owner);
      this.effect = effect;
      this.next = next;
      this.parameterTypes = new Class<?>[] {Object.class};
      this.maximumNumberOfParameters = 1;
    }

    public @Nullable Object doCall(@Nullable Object other) {
      return next.perform(other == null ? effect : other);
    }
  }
}
