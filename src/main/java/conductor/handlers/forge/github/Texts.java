package conductor.handlers.forge.github;

import conductor.engine.handler.Key;
import conductor.state.AtomicFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Texts as GitHub takes them: one that is too long is cut, and the whole of it is kept. */
final class Texts {

  /** GitHub takes 65536 characters. */
  private static final int MOST = 65_536;

  private static final int TITLE = 256;
  private static final int ROOM = 1_500;

  private final Path whole;
  private final Consumer<String> say;

  /**
   * @param whole the directory for texts that were cut
   * @param say told where the whole of one is: readers elsewhere have no use for a path of this
   *     host
   */
  Texts(Path whole, Consumer<String> say) {
    this.whole = whole;
    this.say = say;
  }

  /** Returns a title that is not too long. */
  static String title(String oneLine) {
    return oneLine.length() <= TITLE ? oneLine : cut(oneLine, TITLE - 1) + "…";
  }

  /** Returns a text with a mark at its end. */
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

  /** Returns the beginning of a text; never half of a character. */
  private static String cut(String text, int most) {
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
