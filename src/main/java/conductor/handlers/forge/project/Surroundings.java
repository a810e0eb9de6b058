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
 * What forges are made with. Immutable.
 *
 * @param environment the host's without the tokens of forges: what other programs get
 * @param secrets what is looked for in all that is posted
 */
public record Surroundings(
    Places places,
    Configuration configuration,
    Map<String, String> environment,
    Locks locks,
    Supplier<Redactor> secrets,
    InstantSource clock) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the name of the forge that was asked for; empty when the remote says which one it is.
   */
  public Optional<String> type() {
    return configuration.text("forge.type");
  }

  /**
   * Returns a setting that is a time.
   *
   * @param example one, for people
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
