package conductor.engine.handler;

import conductor.effect.Secret;
import java.util.Map;

/**
 * The values of secrets, for handlers at the moment of use. Only what {@code Env} gave is looked
 * up; a text that looks like it stays what it is. Immutable.
 */
public final class Secrets {

  private final Map<String, String> environment;

  /**
   * @param environment of the host
   */
  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Returns a text, or the value of a secret.
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
