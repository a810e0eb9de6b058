package conductor.handlers.agent.protocol;

import java.util.regex.Pattern;

/** Prompts that begin as an agent program's own commands do, which are to reach its model. */
public final class PlainText {

  private static final Pattern COMMAND = Pattern.compile("[\\s\\p{Z}\\uFEFF]*+[/$]");

  private PlainText() {}

  /**
   * Returns the text, behind something where it looks like a command.
   *
   * @param guard what the program does not pass over when it looks for commands
   */
  public static String of(String text, String guard) {
    return COMMAND.matcher(text).lookingAt() ? guard + text : text;
  }
}
