package conductor.effect;

/**
 * The name of an environment variable whose value is secret, in place of the value. The journal
 * holds the name only; handlers look the value up at the moment of use: as a word of a command, or
 * as the content of a file. In a text it reads as its name.
 */
public record Secret(String name) {

  @Override
  public String toString() {
    return "***" + name + "***";
  }
}
