package conductor.repl;

import conductor.error.Reason;
import conductor.process.TerminalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Edits and shows texts with the person's own programs. */
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
    return given(text, command, "VISUAL or EDITOR").stripTrailing();
  }

  /** Shows a text with a pager, by its command line. */
  void page(String text, String pager) throws Failed {
    given(text, pager, "PAGER");
  }

  /** Runs a program with a file that holds a text, and returns what the file holds then. */
  private String given(String text, String program, String variables) throws Failed {
    try {
      Path file = Files.createTempFile("conductor-", suffix);
      try {
        Files.writeString(file, text + "\n");
        int code = run(program, file);
        if (code != 0) {
          throw new Failed(
              "'%s' ended with exit code %d; %s says what is used"
                  .formatted(program, code, variables));
        }
        return Files.readString(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Failed("cannot use '%s': %s".formatted(program, Reason.of(e)));
    }
  }

  private int run(String program, Path file) throws IOException {
    Attributes ours = terminal.getAttributes();
    terminal.writer().print(NO_PASTE);
    terminal.flush();
    terminal.setAttributes(plain);
    try {
      return TerminalProgram.run(program, file.toString());
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
