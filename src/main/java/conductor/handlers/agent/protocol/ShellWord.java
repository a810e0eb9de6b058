package conductor.handlers.agent.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unwraps commands from calls of a shell, and quotes words for a shell. */
public final class ShellWord {

  private static final Pattern CALL =
      Pattern.compile("(?:/(?:usr/(?:local/)?)?bin/)?(?:ba|z|da)?sh -l?c (.*)", Pattern.DOTALL);
  private static final Pattern PIECE =
      Pattern.compile(
          "'(?<single>[^']*)'|\"(?<doubled>(?:[^\"\\\\$`]++|\\\\.)*+)\"|(?<bare>[\\w@%+=:,./-]+)",
          Pattern.DOTALL);
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]++");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\$`])");

  private ShellWord() {}

  /** Returns the inner command of {@code bash -lc '...'}; any other command unchanged. */
  public static String unwrapped(String command) {
    Matcher call = CALL.matcher(command);
    return call.matches() ? word(call.group(1)).orElse(command) : command;
  }

  /** Returns a word quoted for a shell; a word without special characters stays unchanged. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static Optional<String> word(String quoted) {
    var word = new StringBuilder();
    Matcher piece = PIECE.matcher(quoted);
    int at = 0;
    while (at < quoted.length() && piece.region(at, quoted.length()).lookingAt()) {
      word.append(text(piece));
      at = piece.end();
    }
    return at == quoted.length() ? Optional.of(word.toString()) : Optional.empty();
  }

  private static String text(Matcher piece) {
    if (piece.group("single") != null) {
      return piece.group("single");
    }
    return piece.group("doubled") != null
        ? ESCAPE.matcher(piece.group("doubled")).replaceAll("$1")
        : piece.group("bare");
  }
}
