package conductor.web;

import java.util.ArrayList;
import java.util.List;

/** What was said to an agent and by it, told by the marks of the log of a conversation. */
final class Conversation {

  private Conversation() {}

  /** What a stretch of lines is. */
  enum Kind {
    PROMPT('>', "asked"),
    CALL('→', "tool"),
    RETURN('✓', "result"),
    TROUBLE('✗', "failed"),
    CHANGE('±', "changed"),
    DIFF('┊', "lines"),
    PERMISSION('?', "permission"),
    WAIT('…', "waits"),
    END('=', "turn ended"),
    SAYS(' ', "says");

    private final char mark;
    private final String word;

    Kind(char mark, String word) {
      this.mark = mark;
      this.word = word;
    }

    String word() {
      return word;
    }

    /** Returns whether it is folded until somebody opens it. */
    boolean folds() {
      return this == RETURN || this == DIFF;
    }

    static Kind of(String line) {
      boolean marked = line.length() > 1 && line.charAt(1) == ' ';
      for (Kind kind : values()) {
        if (marked && kind.mark == line.charAt(0) && kind != SAYS) {
          return kind;
        }
      }
      return SAYS;
    }
  }

  /**
   * Lines of one kind.
   *
   * @param element the id of its element
   */
  record Block(String element, Kind kind, String text) {

    String first() {
      return text.lines().findFirst().orElse("");
    }

    long lines() {
      return text.lines().count();
    }
  }

  static List<Block> blocks(String said) {
    var blocks = new ArrayList<Block>();
    var text = new StringBuilder();
    Kind kind = Kind.SAYS;
    for (String line : said.lines().toList()) {
      Kind next = Kind.of(line);
      if (next != kind) {
        add(blocks, kind, text);
        kind = next;
      }
      text.append(next == Kind.SAYS ? line : line.substring(2)).append('\n');
    }
    add(blocks, kind, text);
    return blocks;
  }

  private static void add(List<Block> blocks, Kind kind, StringBuilder text) {
    if (!text.toString().isBlank()) {
      blocks.add(new Block("t-" + blocks.size(), kind, text.toString().strip()));
    }
    text.setLength(0);
  }
}
