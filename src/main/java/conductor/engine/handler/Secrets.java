package conductor.engine.handler;

import conductor.effect.Secret;
import java.util.Map;

/**
 * Looks up the values of secrets, for handlers at the moment of use. Looks up only what {@code Env}
 * gave; a text that looks like it stays as it is. Immutable.
 */
public final class Secrets {

  private final Map<String, String> environment;

  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Returns the value of a {@link Secret}, and anything else as its text.
   *
   * @throws IllegalStateException when the host has no such variable any more
   */
  public String value(Object given) {
    if (!(given instanceof Secret(String name))) {
      return given.toString();
    }
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "the variable %s, whose value Env gave, is not set here; set it, then 'conductor resume'"
              .formatted(name));
    }
    return value;
  }
}
