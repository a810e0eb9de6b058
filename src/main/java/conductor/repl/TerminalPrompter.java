package conductor.repl;

import conductor.script.Session;
import java.io.IOError;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Reads input from a person at a terminal, with line editing, history, completion and colors. */
final class TerminalPrompter implements Prompter {

  private final LineReader reader;
  private final LineReader answers;
  private final String prompt;
  private final Editor editor;
  private final String pager;
  private volatile @Nullable Thread waiting;

  /** Creates the prompt, with a file of history and a person's programs. */
  TerminalPrompter(
      Terminal terminal,
      Session session,
      Names names,
      Path history,
      String prompt,
      boolean color,
      Programs programs) {
    this.prompt = prompt;
    this.editor = new Editor(terminal, programs.editor(), session.suffix());
    this.pager = programs.pager();
    var typing = new Typing(session);
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("conductor")
            .parser(typing)
            .completer(new Completion(session, names))
            .highlighter(new Painter(session, color, prompt.length()))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, Prompter.more(prompt))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .option(LineReader.Option.INSERT_TAB, false)
            .build();
    new Keys(reader, editor).bind();
    reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
    this.answers =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("conductor")
            .variable(LineReader.DISABLE_HISTORY, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  @Override
  public Input next(Predicate<String> unfinished) {
    return read(reader, prompt);
  }

  @Override
  public Input answer(String question) {
    return read(answers, question);
  }

  private Input read(LineReader by, String prompt) {
    waiting = Thread.currentThread();
    try {
      return new Input.Text(by.readLine(prompt));
    } catch (UserInterruptException e) {
      return new Input.Dropped();
    } catch (EndOfFileException | IOError e) {
      return new Input.End();
    } finally {
      waiting = null;
      Thread.interrupted();
    }
  }

  @Override
  public String edit(String text) throws Editor.Failed {
    return editor.edit(text);
  }

  @Override
  public void page(String text) throws Editor.Failed {
    editor.page(text, pager);
  }

  @Override
  public void wake() {
    Thread thread = waiting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Prints a text above the line that is being typed. */
  void say(String text) {
    (answers.isReading() ? answers : reader).printAbove(text);
  }
}
