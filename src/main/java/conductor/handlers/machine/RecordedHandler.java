package conductor.handlers.machine;

import conductor.effect.RecordedEffect;
import conductor.effect.Secret;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Handles the effects for time, random numbers, UUIDs, sleep and environment variables. */
public final class RecordedHandler implements Handler<RecordedEffect<?>> {

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, String> environment;
  private final Predicate<String> secret;

  /**
   * @param secret tests whether the value of a variable is secret; its placeholder is returned
   *     instead
   */
  public RecordedHandler(
      InstantSource clock,
      RandomGenerator random,
      Map<String, String> environment,
      Predicate<String> secret) {
    this.clock = clock;
    this.random = random;
    this.environment = Map.copyOf(environment);
    this.secret = secret;
  }

  @Override
  public Act<?> act(RecordedEffect<?> effect) {
    return switch (effect) {
      case RecordedEffect.Now _ -> Act.repeatable(call -> clock.instant());
      case RecordedEffect.Random wanted -> Act.repeatable(call -> number(wanted.bound()));
      case RecordedEffect.Uuid _ -> Act.repeatable(call -> uuid());
      case RecordedEffect.Sleep sleep -> Act.adoptable(call -> slept(sleep.duration(), call));
      case RecordedEffect.Env wanted -> Act.repeatable(call -> variable(wanted.variable()));
    };
  }

  private Number number(@Nullable Long bound) {
    if (bound == null) {
      return random.nextDouble();
    }
    long value = random.nextLong(bound);
    if (bound <= Integer.MAX_VALUE) {
      return (int) value;
    }
    return value;
  }

  private UUID uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private @Nullable Object variable(String name) {
    String value = environment.get(name);
    return value != null && secret.test(name) ? new Secret(name) : value;
  }

  /** The deadline counts from when the effect was asked for, also after a restart. */
  private @Nullable Void slept(Duration duration, Call call) throws InterruptedException {
    Instant deadline = call.askedAt().plus(duration);
    if (clock.instant().isBefore(deadline)) {
      call.stillRunning();
    }
    WallClock.sleepUntil(deadline, clock);
    call.completedAt(deadline);
    return null;
  }
}
