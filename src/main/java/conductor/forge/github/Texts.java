package conductor.forge.github;

import conductor.handler.Key;
import conductor.state.AtomicFile;
import java.nio.file.Path;

/**
 * Texts as GitHub takes them: one that is too long is cut, and says where the whole of it is kept.
 */
final class Texts {

  /** GitHub takes 65536 characters. */
  private static final int MOST = 65_536;

  private static final int TITLE = 256;
  private static final int ROOM = 1_500;

  private final Path whole;

  /**
   * @param whole the directory for texts that were cut
   */
  Texts(Path whole) {
    this.whole = whole;
  }

  /** A title that is not too long. */
  static String title(String oneLine) {
    return oneLine.length() <= TITLE ? oneLine : cut(oneLine, TITLE - 1) + "…";
  }

  /** A text with a mark at its end. */
  String marked(String text, Key key, String marks) {
    String end = "\n\n" + marks;
    if (text.length() + end.length() <= MOST) {
      return text + end;
    }
    Path file = whole.resolve(key.run()).resolve(key.fileName() + ".md");
    AtomicFile.write(file, text);
    return "%s\n\n… cut here: it has %d characters. [The whole text](%s) is on the host that ran conductor, in `%s`.%s"
        .formatted(cut(text, MOST - ROOM), text.length(), file.toUri(), file, end);
  }

  /** The beginning of a text; never half of a character. */
  private static String cut(String text, int most) {
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
