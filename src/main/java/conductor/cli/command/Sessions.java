package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Progress;
import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.repl.LiveSession;
import conductor.repl.Names;
import conductor.repl.Out;
import conductor.repl.Repl;
import conductor.repl.SessionUi;
import conductor.run.execution.Conductor;
import conductor.run.execution.Execution;
import conductor.run.execution.Reopened;
import conductor.state.RunDirectory;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jline.utils.Signals;

/** Runs sessions at the terminal or over a stream. */
final class Sessions {

  private final Subcommand command;
  private final Console console;
  private final Conductor conductor;

  Sessions(Subcommand command, Conductor conductor) {
    this.command = command;
    this.console = command.console();
    this.conductor = conductor;
  }

  /** Executes a new or interrupted session, and returns the exit code. */
  int resume(RunDirectory run) throws InterruptedException {
    try (Execution execution = conductor.take(run)) {
      execution.restoreWorktrees(console::say);
      boolean fresh =
          execution.entries().stream().noneMatch(entry -> entry instanceof Entry.Replied);
      Optional<Entered> first =
          execution.prompt().flatMap(prompt -> fresh ? prompt.beginning() : Optional.empty());
      return talk(
          LiveSession.of(run, execution, () -> conductor.store().view(run)),
          first,
          "session " + run.id() + "; /help lists commands, Ctrl-D ends it");
    }
  }

  /** Opens a run for inspection, and returns the exit code. */
  int open(RunDirectory run) throws InterruptedException {
    try (Reopened reopened = conductor.open(run, line -> console.warn(console.red(line)))) {
      return talk(
          LiveSession.of(run, reopened),
          Optional.empty(),
          run.id() + " to look at: nothing is performed");
    }
  }

  private int talk(LiveSession running, Optional<Entered> first, String greeting)
      throws InterruptedException {
    var talk =
        new SessionUi(
            running,
            first,
            out -> progress(out, running.before()),
            new Names(conductor, conductor.agents(), command.context().directory()),
            editor(),
            console.color());
    var signal = new AtomicInteger();
    Foreground.SIGNALS.forEach((name, number) -> {
      if (!name.equals("INT") || !isTyped()) { // at a terminal Ctrl-C is handled by the prompt
        Signals.register(
            name,
            () -> {
              signal.set(number);
              running.suspend().run();
            });
      }
    });
    return told(running, held(talk, greeting), signal.get());
  }

  private String editor() {
    return Stream.of("VISUAL", "EDITOR")
        .map(name -> command.context().environment().getOrDefault(name, ""))
        .filter(command -> !command.isBlank())
        .findFirst()
        .orElse("vi");
  }

  private Repl.Ended held(SessionUi talk, String greeting) throws InterruptedException {
    if (console.terminal()) {
      return talk.atTerminal(command.places().state().root().resolve("repl-history"), greeting);
    }
    console.say(console.dim(greeting));
    var in =
        new BufferedReader(new InputStreamReader(command.context().in(), StandardCharsets.UTF_8));
    if (isTyped()) {
      return talk.atPlainTerminal(in, console.err());
    }
    return talk.overStream(in, console.out(), console.err());
  }

  /** Returns whether a person types, even at a terminal with few abilities. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's annotations say that it may be null
  private boolean isTyped() {
    var terminal = System.console();
    return console.terminal() || (terminal != null && terminal.isTerminal());
  }

  private int told(LiveSession running, Repl.Ended ended, int signal) {
    return switch (ended.result()) {
      case RunResult.Done _ -> ended.failed() && !isTyped() ? Exit.FAILED : Exit.OK;
      case RunResult.Failed failed -> {
        console.warn(failed.message());
        yield Exit.FAILED;
      }
      case RunResult.Aborted aborted -> {
        console.warn(running.id() + " was stopped: " + aborted.reason());
        yield Exit.FAILED;
      }
      case RunResult.Suspended _ when ended.blocked() -> Exit.BLOCKED;
      case RunResult.Suspended _ -> {
        console.warn(Foreground.interrupted(running.id()));
        yield Exit.signal(
            signal == 0 ? 2 : signal); // Ctrl-C at the prompt is no signal of this process
      }
    };
  }

  private RunListener progress(Out out, List<Entry> before) {
    var wholeLines =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void flush() {
            String text = toString(StandardCharsets.UTF_8);
            if (text.endsWith("\n")) {
              reset();
              out.told().accept(text.stripTrailing());
            }
          }
        };
    var lines = new PrintStream(wholeLines, true, StandardCharsets.UTF_8);
    return new Progress(console.with(lines, console.quiet()), before);
  }
}
