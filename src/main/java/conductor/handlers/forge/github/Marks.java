package conductor.handlers.forge.github;

import conductor.engine.handler.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Invisible marks in the texts that conductor posts, by which they are found again. */
final class Marks {

  private static final String KEY = "<!-- conductor-key: ";
  private static final Pattern ANSWERS = Pattern.compile("<!-- conductor-answers: (\\S+) -->");

  private Marks() {}

  static String of(Key key) {
    return KEY + key + " -->";
  }

  /** Returns whether conductor wrote a text. */
  static boolean isMarked(String text) {
    return text.contains(KEY);
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
