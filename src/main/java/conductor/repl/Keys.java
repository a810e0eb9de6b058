package conductor.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.Buffer;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;

/** Binds the keys of the prompt that differ from the line editor's own. */
record Keys(LineReader reader, Editor editor) {

  private static final String TAB = "conductor-tab";
  private static final int PASTE_MILLIS = 2;

  void bind() {
    reader.getWidgets().put(LineReader.EDIT_AND_EXECUTE_COMMAND, this::edit);
    reader.getWidgets().put(TAB, this::tab);
    reader
        .getKeyMaps()
        .forEach((name, keys) -> {
          if (name.equals(LineReader.EMACS) || name.equals(LineReader.VIINS)) {
            keys.bind(new Reference(TAB), "\t");
          }
        });
  }

  /** Edits the line in the editor and enters the result. */
  private boolean edit() {
    Buffer buffer = reader.getBuffer();
    try {
      String text = editor.edit(buffer.toString());
      buffer.clear();
      buffer.write(text);
      reader.callWidget(LineReader.CLEAR_SCREEN);
      return text.isBlank() || call(LineReader.ACCEPT_LINE);
    } catch (Editor.Failed e) {
      reader.callWidget(LineReader.REDRAW_LINE);
      reader.printAbove(e.getMessage());
      return true;
    }
  }

  /** Indents at the beginning of a line and in pasted text; completes elsewhere. */
  private boolean tab() {
    Buffer buffer = reader.getBuffer();
    String before = buffer.substring(0, buffer.cursor());
    String line = before.substring(before.lastIndexOf('\n') + 1);
    boolean indents = line.isBlank() && !before.isEmpty();
    if (indents || isPasted()) {
      buffer.write('\t');
      return true;
    }
    return call(LineReader.EXPAND_OR_COMPLETE);
  }

  /** Returns whether more input follows so fast that it is pasted, not typed. */
  private boolean isPasted() {
    try {
      return reader.getTerminal().reader().peek(PASTE_MILLIS) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean call(String widget) {
    reader.callWidget(widget);
    return true;
  }
}
