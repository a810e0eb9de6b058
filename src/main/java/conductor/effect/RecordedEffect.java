package conductor.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The effects that read time, chance and the environment, or wait. A script must not do this by
 * itself: the replies are recorded, so that a replay sees the same.
 */
public sealed interface RecordedEffect<R extends @Nullable Object> extends Effect<R> {

  /** Reads the time. */
  @About(value = "Replies with the time, an Instant.", example = "def started = yield Now()")
  record Now() implements RecordedEffect<Instant> {}

  /** Makes a random number. */
  @About(
      value =
          "Replies with a random number: a whole one below the bound, or a fraction of 1 without one.",
      example = "def n = yield Random(6)")
  record Random(@About("greater than 0") @InJava(positional = true) @Nullable Long bound)
      implements RecordedEffect<Number> {
    public Random withBound(Long bound) {
      return new Random(bound);
    }
  }

  /** Makes a random identifier. */
  @About(value = "Replies with a random UUID.", example = "def id = yield Uuid()")
  record Uuid() implements RecordedEffect<UUID> {}

  /** Waits. */
  @About(
      value = "Waits. The deadline is absolute and survives a restart.",
      example = "yield Sleep('10s')")
  record Sleep(@About("how long: '10s', '5m', '1h', a Duration, or seconds") Duration duration)
      implements RecordedEffect<@Nullable Void> {}

  /** Reads an environment variable of the host. */
  @About(
      value =
          "Replies with an environment variable of the host, or null. A secret stays opaque and is journaled by name: as a word of Exec's list, or as WriteFile's content, its value is used; in a text it is its name.",
      example = "def home = yield Env('HOME')")
  record Env(@About("the variable") @Spelt("name") String variable)
      implements RecordedEffect<@Nullable Object> {}
}
