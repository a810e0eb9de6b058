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
 * Where a person or a stream talks to sessions, one after the other: a session that went over into
 * a fork goes on at the same place.
 */
public final class SessionUi implements AutoCloseable {

  private static final String PROMPT = "conductor> ";

  private final Function<LiveSession, Talk> place;
  private final Runnable leave;

  private SessionUi(Function<LiveSession, Talk> place, Runnable leave) {
    this.place = place;
    this.leave = leave;
  }

  /** A session's loop with its output; the greeting is shown where a person sees it in place. */
  private record Talk(Repl repl, Out out, boolean greets) {}

  /**
   * The surroundings of sessions.
   *
   * @param names the names that may complete strings
   * @param color whether colors may be used
   */
  public record Surroundings(Names names, Programs programs, boolean color) {

    private Repl repl(LiveSession running, Prompter prompter, Out out, boolean person) {
      return new Repl(running, prompter, out, person, names);
    }
  }

  /** Opens the terminal, which must be closed; keeps a history of lines in a file. */
  public static SessionUi atTerminal(Surroundings around, Path history) {
    try {
      // JLine would ask the terminal for its modes; an answer that comes late is taken for typed.
      Terminal terminal =
          TerminalBuilder.builder().system(true).nativeSignals(true).graphemeCluster(false).build();
      return new SessionUi(
          running -> atTerminal(around, history, terminal, running), () -> closed(terminal));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException("cannot use the terminal: " + Reason.of(e), e);
  }

  private static void closed(Terminal terminal) {
    try {
      terminal.close();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Talk atTerminal(
      Surroundings around, Path history, Terminal terminal, LiveSession running) {
    var prompter =
        new TerminalPrompter(
            terminal,
            running.prompt().session(),
            around.names(),
            history,
            PROMPT,
            around.color(),
            around.programs());
    var out = new Out(prompter::say, prompter::say, around.color());
    Repl repl = around.repl(running, prompter, out, true);
    terminal.handle(Terminal.Signal.INT, signal -> repl.interrupt());
    return new Talk(repl, out, true);
  }

  /** Returns sessions over a stream until the stream ends. */
  public static SessionUi overStream(
      Surroundings around, BufferedReader in, PrintStream result, PrintStream told) {
    var out = new Out(result::println, told::println, around.color());
    var prompter = new StreamPrompter(in, _ -> {}, PROMPT);
    return new SessionUi(
        running -> new Talk(around.repl(running, prompter, out, false), out, false), () -> {});
  }

  /** Returns sessions at a terminal that cannot move its cursor. */
  public static SessionUi atPlainTerminal(
      Surroundings around, BufferedReader in, PrintStream told) {
    Consumer<String> prompts =
        prompt -> {
          told.print(prompt);
          told.flush();
        };
    var out = new Out(told::println, told::println, around.color());
    var prompter = new StreamPrompter(in, prompts, PROMPT);
    return new SessionUi(
        running -> {
          Repl repl = around.repl(running, prompter, out, true);
          Signals.register(
              "INT",
              () -> {
                told.println();
                if (!prompter.drop()) {
                  repl.interrupt();
                }
              });
          return new Talk(repl, out, false);
        },
        () -> {});
  }

  /**
   * Runs a session until it is over.
   *
   * @param first entered before anything else
   * @param progress makes the listener that shows the run's progress on the given output
   */
  public Repl.Ended talk(
      LiveSession running,
      Optional<Entered> first,
      Function<Out, RunListener> progress,
      String greeting)
      throws InterruptedException {
    Talk talk = place.apply(running);
    if (talk.greets()) {
      talk.out().aside(greeting);
    }
    return talk.repl().speak(first, progress.apply(talk.out()));
  }

  @Override
  public void close() {
    leave.run();
  }
}
