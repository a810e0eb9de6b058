package conductor.repl;

import conductor.process.TerminalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Edits a text with the person's own editor program. */
final class Editor {

  private static final String NO_PASTE = "\033[?2004l";
  private static final String PASTE = "\033[?2004h";

  private final Terminal terminal;
  private final Attributes plain;
  private final String command;
  private final String suffix;

  /** Creates an editor of files with a suffix, by its command line, as in {@code EDITOR}. */
  Editor(Terminal terminal, String command, String suffix) {
    this.terminal = terminal;
    this.plain = terminal.getAttributes();
    this.command = command;
    this.suffix = suffix;
  }

  /** Thrown when the text could not be edited; the message says why. */
  static final class Failed extends Exception {
    Failed(String message) {
      super(message);
    }
  }

  /** Returns the edited text, without line ends at its end. */
  String edit(String text) throws Failed {
    try {
      Path file = Files.createTempFile("conductor-", suffix);
      try {
        Files.writeString(file, text + "\n");
        int code = run(file);
        if (code != 0) {
          throw new Failed(
              "'%s' ended with exit code %d; VISUAL or EDITOR says what is used"
                  .formatted(command, code));
        }
        return Files.readString(file).stripTrailing();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Failed("cannot edit with '%s': %s".formatted(command, e.getMessage()));
    }
  }

  private int run(Path file) throws IOException {
    Attributes ours = terminal.getAttributes();
    terminal.writer().print(NO_PASTE);
    terminal.flush();
    terminal.setAttributes(plain);
    try {
      return TerminalProgram.run(command, file.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    } finally {
      terminal.setAttributes(ours);
      terminal.writer().print(PASTE);
      terminal.flush();
    }
  }
}
