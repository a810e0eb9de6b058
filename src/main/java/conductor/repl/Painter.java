package conductor.repl;

import conductor.script.Session;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colors what is typed, and shows after it the signature of the effect that is being written. */
record Painter(Session session, boolean color, int prompt) implements Highlighter {

  private static final int MIN_WIDTH = 12;

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    reader.setTailTip(tip(reader, buffer));
    if (!color || buffer.startsWith("/")) {
      return new AttributedString(buffer);
    }
    var painted = new AttributedStringBuilder();
    int at = 0;
    for (Session.Colored part : session.colored(buffer)) {
      painted.append(buffer, at, part.start());
      painted.styled(style(part.kind()), buffer.substring(part.start(), part.end()));
      at = part.end();
    }
    return painted.append(buffer, at, buffer.length()).toAttributedString();
  }

  /** Returns as much of the signature as fits after the line; empty when there is little room. */
  private String tip(LineReader reader, String buffer) {
    if (buffer.startsWith("/")) {
      return "";
    }
    String signature = session.signature(buffer, buffer.length());
    int used = prompt + buffer.length() - buffer.lastIndexOf('\n');
    int room = reader.getTerminal().getSize().getColumns() - used - 3;
    if (signature.isEmpty() || room < MIN_WIDTH) {
      return "";
    }
    return "  " + (signature.length() <= room ? signature : signature.substring(0, room - 1) + "…");
  }

  private static AttributedStyle style(Session.Kind kind) {
    return switch (kind) {
      case WORD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
      case EFFECT -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN).bold();
      case TEXT -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case NUMBER -> AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE);
      case COMMENT -> AttributedStyle.DEFAULT.faint();
    };
  }
}
