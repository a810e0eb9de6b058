package conductor.handlers.git;

import java.util.List;
import java.util.regex.Pattern;

/** Composes commit messages. */
public final class Message {

  private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*: \\S.*");

  private Message() {}

  /** Appends trailers, to those that there are, and a line feed at the end. */
  public static String with(String message, List<String> trailers) {
    String text = message.strip();
    int last = text.lastIndexOf("\n\n");
    boolean hasTrailers =
        last > 0 && text.substring(last + 2).lines().allMatch(TRAILER.asMatchPredicate());
    return text + (hasTrailers ? "\n" : "\n\n") + String.join("\n", trailers) + "\n";
  }
}
