package conductor.handlers.forge.github;

import conductor.engine.handler.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Invisible marks in the texts that conductor posts, by which they are found again. */
final class Marks {

  /** The run in the key of an act that a person asked for, at the command line. */
  private static final String BY_HAND = Key.BY_HAND + ":";

  private static final String KEY = "<!-- conductor-key: ";
  private static final Pattern MARK =
      Pattern.compile("(?<!\\s)\\s*+<!-- conductor-[a-z]+: [^>]* -->");
  private static final Pattern ANSWERS = Pattern.compile("<!-- conductor-answers: (\\S+) -->");

  private Marks() {}

  static String of(Key key) {
    return KEY + key + " -->";
  }

  /** Returns whether a run of conductor wrote a text, and not a person by a command. */
  static boolean isMarked(String text) {
    return text.contains(KEY) && !text.contains(KEY + BY_HAND);
  }

  /** Returns a text without marks. */
  static String without(String text) {
    return MARK.matcher(text).replaceAll("");
  }

  static String answering(String id) {
    return "<!-- conductor-answers: " + id + " -->";
  }

  /** Returns the id of the comment that a text answers; empty when it answers none. */
  static Optional<String> answered(String text) {
    Matcher mark = ANSWERS.matcher(text);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }
}
