package conductor.effect;

/**
 * The value of an environment variable that holds a secret. The journal knows it by name only;
 * handlers look the value up at the moment of use.
 */
public record Secret(String name) {

  @Override
  public String toString() {
    return "***" + name + "***";
  }
}
