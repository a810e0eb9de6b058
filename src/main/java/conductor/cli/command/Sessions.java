package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Progress;
import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.repl.LiveSession;
import conductor.repl.Names;
import conductor.repl.Out;
import conductor.repl.Programs;
import conductor.repl.Repl;
import conductor.repl.SessionFork;
import conductor.repl.SessionUi;
import conductor.run.execution.Conductor;
import conductor.run.execution.Execution;
import conductor.run.execution.Reopened;
import conductor.state.RunDirectory;
import conductor.workflow.PinnedSession;
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

  /** Of the outcomes that come again by a replay, none is told. */
  private static final int NONE = Integer.MAX_VALUE;

  private final Subcommand command;
  private final Console console;
  private final Conductor conductor;
  private final AtomicInteger signal = new AtomicInteger();

  /** Whether anything failed that was entered, also before a fork. */
  private boolean failed;

  Sessions(Subcommand command, Conductor conductor) {
    this.command = command;
    this.console = command.console();
    this.conductor = conductor;
  }

  /** Executes a new or interrupted session, and returns the exit code. */
  int resume(RunDirectory run) throws InterruptedException {
    String greeting = "session " + run.id() + "; /help lists commands, Ctrl-D ends it";
    try (SessionUi ui = ui()) {
      return resume(ui, run, NONE, greeting);
    }
  }

  /** Opens a run to look into it, and returns the exit code. */
  int open(RunDirectory run, Optional<Position> at) throws InterruptedException {
    try (SessionUi ui = ui()) {
      RunDirectory fork;
      boolean underWay;
      try (Reopened reopened = conductor.open(run, at, line -> console.warn(console.dim(line)))) {
        String where = at.map(position -> "before " + position).orElse("at its end by now");
        LiveSession looking = LiveSession.of(run, reopened);
        Repl.Ended ended =
            talk(
                ui,
                looking,
                Optional.empty(),
                "%s %s: look at its variables; what you have performed is performed in a fork of it"
                    .formatted(run.id(), where));
        if (reopened.forked().isEmpty()) {
          return told(looking, ended);
        }
        fork = reopened.forked().get();
        underWay = ended.underWay();
      }
      return resume(ui, fork, told(fork, underWay), "");
    }
  }

  /** Returns how many outcomes of a fork's entries were told in the session that it comes from. */
  private int told(RunDirectory fork, boolean underWay) {
    long lines =
        conductor.store().view(fork).effects().stream()
            .filter(effect -> effect.effect().equals("Line"))
            .count();
    boolean opened = PinnedSession.of(fork).map(PinnedSession::isOpened).orElse(false);
    return (int) lines + (opened ? 1 : 0) - (underWay ? 1 : 0);
  }

  /** Executes a session, and those that it goes over into. */
  private int resume(SessionUi ui, RunDirectory run, int told, String greeting)
      throws InterruptedException {
    RunDirectory fork;
    try (Execution execution = conductor.take(run)) {
      execution.restoreWorktrees(console::say);
      boolean fresh =
          execution.entries().stream().noneMatch(entry -> entry instanceof Entry.Replied);
      Optional<Entered> first =
          execution.prompt().flatMap(prompt -> fresh ? prompt.beginning() : Optional.empty());
      LiveSession running =
          LiveSession.of(
              run,
              execution,
              told,
              () -> conductor.store().view(run),
              new SessionFork(conductor, run));
      Repl.Ended ended = talk(ui, running, first, greeting);
      if (running.fork().made().isEmpty()) {
        return told(running, ended);
      }
      fork = running.fork().made().get();
    }
    console.say(
        console.dim(
            "session %s, a fork of %s, which 'conductor resume %s' goes on with"
                .formatted(fork.id(), run.id(), run.id())));
    return resume(ui, fork, told(fork, false), "");
  }

  private Repl.Ended talk(
      SessionUi ui, LiveSession running, Optional<Entered> first, String greeting)
      throws InterruptedException {
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
    if (!console.terminal() && !greeting.isEmpty()) {
      console.say(console.dim(greeting));
    }
    Repl.Ended ended = ui.talk(running, first, out -> progress(out, running), greeting);
    failed |= ended.failed();
    return ended;
  }

  /** Returns the command line in the first of the variables that is set. */
  private String program(String usual, String... variables) {
    return Stream.of(variables)
        .map(name -> command.context().environment().getOrDefault(name, ""))
        .filter(command -> !command.isBlank())
        .findFirst()
        .orElse(usual);
  }

  private SessionUi ui() {
    var around =
        new SessionUi.Surroundings(
            new Names(conductor, conductor.agents(), command.context().directory()),
            new Programs(program("vi", "VISUAL", "EDITOR"), program("less", "PAGER")),
            console.color());
    if (console.terminal()) {
      return SessionUi.atTerminal(around, command.places().state().root().resolve("repl-history"));
    }
    var in =
        new BufferedReader(new InputStreamReader(command.context().in(), StandardCharsets.UTF_8));
    return isTyped()
        ? SessionUi.atPlainTerminal(around, in, console.err())
        : SessionUi.overStream(around, in, console.out(), console.err());
  }

  /** Returns whether a person types, even at a terminal with few abilities. */
  @SuppressWarnings("SystemConsoleNull") // the JDK's annotations say that it may be null
  private boolean isTyped() {
    var terminal = System.console();
    return console.terminal() || (terminal != null && terminal.isTerminal());
  }

  private int told(LiveSession running, Repl.Ended ended) {
    return switch (ended.result()) {
      case RunResult.Done _ -> failed && !isTyped() ? Exit.FAILED : Exit.OK;
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
            signal.get() == 0 ? 2 : signal.get()); // Ctrl-C at the prompt is no signal
      }
    };
  }

  private RunListener progress(Out out, LiveSession running) {
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
    var progress = new Progress(console.with(lines, console.quiet()), running.before());
    return console.quiet() || !isTyped()
        ? progress
        : RunListener.all(
            List.of(
                progress,
                new RunningOutput(
                    running.run(),
                    running.before(),
                    conductor.clock().instant(),
                    line -> out.told().accept(console.dim(line)))));
  }
}
