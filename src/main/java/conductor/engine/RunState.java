package conductor.engine;

import conductor.effect.RunEffect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Handles {@code Get}, {@code Put} and {@code Status}, and keeps the values that a run puts under
 * keys. A value is put when the reply to its {@code Put} is delivered, so that a replay rebuilds
 * them.
 */
final class RunState implements Handler<RunEffect<?>> {

  private final Map<String, @Nullable Object> values = new TreeMap<>();

  synchronized void put(String key, @Nullable Object value) {
    values.put(key, value);
  }

  private synchronized @Nullable Object get(String key) {
    return values.get(key);
  }

  @Override
  public Act<?> act(RunEffect<?> effect) {
    return switch (effect) {
      case RunEffect.Get get -> Act.repeatable(call -> get(get.key()));
      case RunEffect.Put _ -> Act.repeatable(call -> null);
      case RunEffect.Status _ -> Act.repeatable(call -> null);
    };
  }
}
