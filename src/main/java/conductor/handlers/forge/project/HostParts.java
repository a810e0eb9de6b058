package conductor.handlers.forge.project;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.Coercion;
import conductor.journal.Redactor;
import conductor.state.Locks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of the host that forges need. Immutable.
 *
 * @param environment the host's environment without the tokens of forges
 * @param secrets the secrets that must not be in posted texts
 */
public record HostParts(
    Places places,
    Configuration configuration,
    Map<String, String> environment,
    Locks locks,
    Supplier<Redactor> secrets,
    InstantSource clock) {

  public HostParts {
    environment = Map.copyOf(environment);
  }

  /** Returns the name of the configured forge; empty when the remotes decide. */
  public Optional<String> type() {
    return configuration.text("forge.type");
  }

  /**
   * Returns a setting as a duration; empty when it is not set.
   *
   * @param example an example for the error message
   * @throws BadConfiguration when the value is not a duration
   */
  public Optional<Duration> duration(String key, String example) {
    Optional<String> text = configuration.text(key);
    try {
      return text.map(Coercion::duration);
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration(
          "'%s' must be a duration such as %s, found '%s'"
              .formatted(key, example, text.orElseThrow()));
    }
  }
}
