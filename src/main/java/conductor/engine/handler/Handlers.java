package conductor.engine.handler;

import conductor.effect.Effect;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The handlers of a run, by effect family. Immutable. */
public final class Handlers {

  private final Map<Class<?>, Handler<?>> byFamily;
  private final UnaryOperator<Handler<Effect<?>>> around;

  private Handlers(Map<Class<?>, Handler<?>> byFamily, UnaryOperator<Handler<Effect<?>>> around) {
    this.byFamily = byFamily;
    this.around = around;
  }

  public static Handlers none() {
    return new Handlers(Map.of(), UnaryOperator.identity());
  }

  /** Returns these handlers, each within another one, and so those that are added later. */
  public Handlers within(UnaryOperator<Handler<Effect<?>>> other) {
    return new Handlers(byFamily, handler -> other.apply(around.apply(handler)));
  }

  /**
   * Returns these handlers and one more, which wins over earlier ones for the effects of its
   * family.
   */
  public <E extends Effect<?>> Handlers with(Class<? super E> family, Handler<E> handler) {
    var all = new LinkedHashMap<>(byFamily);
    all.remove(family);
    all.put(family, handler);
    return new Handlers(all, around);
  }

  public static Handlers all(Collection<Class<?>> families, Handler<Effect<?>> handler) {
    var all = new LinkedHashMap<Class<?>, Handler<?>>();
    families.forEach(family -> all.put(family, handler));
    return new Handlers(all, UnaryOperator.identity());
  }

  /** Returns the handler of an effect; throws {@link IllegalArgumentException} without one. */
  @SuppressWarnings("unchecked")
  public Handler<Effect<?>> of(Effect<?> effect) {
    return byFamily.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(effect))
        .map(entry -> (Handler<Effect<?>>) entry.getValue())
        .reduce((_, later) -> later)
        .map(around)
        .orElseThrow(() -> new IllegalArgumentException("no handler answers " + effect.kind()));
  }
}
