package conductor.repl;

import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.error.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/**
 * A session with its surroundings, ready to run at a terminal or over a stream.
 *
 * @param first entered before anything else
 * @param progress makes the listener that shows the run's progress on the given output
 * @param names the names that may complete strings
 * @param editor the command line of the person's editor
 * @param color whether colors may be used
 */
public record SessionUi(
    LiveSession running,
    Optional<Entered> first,
    Function<Out, RunListener> progress,
    Names names,
    String editor,
    boolean color) {

  private static final String PROMPT = "conductor> ";

  /** Runs the session at the terminal until the person leaves; keeps a history of lines. */
  public Repl.Ended atTerminal(Path history, String greeting) throws InterruptedException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).nativeSignals(true).build()) {
      var prompter =
          new TerminalPrompter(
              terminal, running.prompt().session(), names, history, PROMPT, color, editor);
      var out = new Out(prompter::say, prompter::say, color);
      Repl repl = repl(prompter, out, true);
      terminal.handle(Terminal.Signal.INT, signal -> repl.interrupt());
      out.aside(greeting);
      return repl.speak(first, progress.apply(out));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the terminal: " + Reason.of(e), e);
    }
  }

  /** Runs the session over a stream until the stream ends. */
  public Repl.Ended overStream(BufferedReader in, PrintStream result, PrintStream told)
      throws InterruptedException {
    var out = new Out(result::println, told::println, color);
    var prompter = new StreamPrompter(in, _ -> {}, PROMPT);
    return repl(prompter, out, false).speak(first, progress.apply(out));
  }

  /** Runs the session at a terminal that cannot move its cursor. */
  public Repl.Ended atPlainTerminal(BufferedReader in, PrintStream told)
      throws InterruptedException {
    Consumer<String> prompts =
        prompt -> {
          told.print(prompt);
          told.flush();
        };
    var out = new Out(told::println, told::println, color);
    var prompter = new StreamPrompter(in, prompts, PROMPT);
    Repl repl = repl(prompter, out, true);
    Signals.register(
        "INT",
        () -> {
          told.println();
          if (!prompter.drop()) {
            repl.interrupt();
          }
        });
    return repl.speak(first, progress.apply(out));
  }

  private Repl repl(Prompter prompter, Out out, boolean person) {
    var commands = new Commands(running, names.directory(), names.conductor().scripts(), out);
    return new Repl(running, prompter, out, person, commands);
  }
}
