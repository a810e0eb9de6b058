package conductor.handlers.agent.protocol;

import java.util.regex.Pattern;

/** Protects prompts that look like commands of an agent program, so that they reach the model. */
public final class PlainText {

  private static final Pattern COMMAND = Pattern.compile("[\\s\\p{Z}\\uFEFF]*+[/$]");

  private PlainText() {}

  /**
   * Returns the text, with a guard in front if it looks like a command.
   *
   * @param guard characters that the program does not skip when it looks for commands
   */
  public static String of(String text, String guard) {
    return COMMAND.matcher(text).lookingAt() ? guard + text : text;
  }
}
