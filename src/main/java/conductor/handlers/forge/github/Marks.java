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
  private static final Pattern END =
      Pattern.compile(
          "(?:^|\\n)(?:(Closes (\\S{1,200}))\\s{1,4})?(<!-- conductor-key: [^>]* -->)\\s*$");
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

  /**
   * Returns a new text with what conductor wrote at the end of the one that it replaces: the mark,
   * and the words that close an issue, unless the new text names that issue itself.
   */
  static String kept(String text, String before) {
    Matcher end = END.matcher(before);
    if (!end.find()) {
      return text;
    }
    String issue = end.group(2);
    boolean said =
        issue == null || Pattern.compile(Pattern.quote(issue) + "\\b").matcher(text).find();
    return (text + "\n\n" + (said ? "" : end.group(1) + "\n\n") + end.group(3)).strip();
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
