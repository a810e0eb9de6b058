package conductor.repl;

import conductor.script.Session;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a text is finished, and where the word to be completed begins. */
record Typing(Session session) implements Parser {

  /** A line with the word before the cursor. */
  private record Word(String line, int cursor, int from) implements CompletingParsedLine {

    @Override
    public String word() {
      return line.substring(from, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - from;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean command = Commands.isCommand(line);
    if (context == ParseContext.ACCEPT_LINE && !command && goesOn(line)) {
      throw new EOFError(-1, -1, "unfinished");
    }
    return new Word(line, cursor, command ? wordOf(line, cursor) : from(line, cursor));
  }

  /**
   * Returns whether more lines must follow. Two empty lines end any unfinished text, so that nobody
   * is stuck in it, except where a string may contain them.
   */
  private boolean goesOn(String line) {
    return session.read(line) == Session.Reading.UNFINISHED
        && (!line.endsWith("\n\n") || session.isInText(line));
  }

  private int from(String line, int cursor) {
    return line.startsWith("/") ? wordOf(line, cursor) : session.suggest(line, cursor).from();
  }

  private static int wordOf(String line, int cursor) {
    return line.lastIndexOf(' ', cursor - 1) + 1;
  }
}
