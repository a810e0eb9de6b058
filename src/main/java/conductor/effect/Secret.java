package conductor.effect;

/**
 * The value of an environment variable that holds a secret. The journal knows it by name only;
 * handlers look the value up at the moment of use: as a word of a command, or as the content of a
 * file. In a text it is its name.
 */
public record Secret(String name) {

  @Override
  public String toString() {
    return "***" + name + "***";
  }
}
