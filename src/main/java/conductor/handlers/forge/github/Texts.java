package conductor.handlers.forge.github;

import conductor.engine.handler.Key;
import conductor.state.AtomicFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Prepares texts for GitHub: cuts those that are too long and saves the whole text in a file.
 *
 * @param whole the directory for the whole texts
 * @param say receives the path of the whole text, which readers elsewhere cannot use
 */
record Texts(Path whole, Consumer<String> say) {

  /** The most characters that GitHub accepts. */
  private static final int MOST = 65_536;

  private static final int TITLE = 256;
  private static final int ROOM = 1_500;

  /** Returns a title cut to 256 characters. */
  static String title(String oneLine) {
    return oneLine.length() <= TITLE ? oneLine : cut(oneLine, TITLE - 1) + "…";
  }

  /** Returns a text, cut if it is too long, with marks at its end. */
  String marked(String text, Key key, String marks) {
    String end = "\n\n" + marks;
    if (text.length() + end.length() <= MOST) {
      return text + end;
    }
    Path file = whole.resolve(key.run()).resolve(key.fileName() + ".md");
    AtomicFile.write(file, text);
    say.accept(
        "a text of %d characters was cut; the whole of it is %s".formatted(text.length(), file));
    return "%s\n\n… cut here: it has %d characters. The whole text is on the host that ran conductor.%s"
        .formatted(cut(text, MOST - ROOM), text.length(), end);
  }

  /** Returns the beginning of a text without splitting a surrogate pair. */
  private static String cut(String text, int most) {
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
