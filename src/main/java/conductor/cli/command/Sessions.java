package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.view.GateList;
import conductor.cli.view.Progress;
import conductor.config.Places;
import conductor.effect.Entered;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.handlers.issue.Vault;
import conductor.journal.Entry;
import conductor.repl.LiveSession;
import conductor.repl.Names;
import conductor.repl.Out;
import conductor.repl.Repl;
import conductor.repl.SessionQuestions;
import conductor.repl.SessionUi;
import conductor.run.execution.Conductor;
import conductor.run.execution.Execution;
import conductor.run.execution.Reopened;
import conductor.run.record.RunView;
import conductor.script.ScriptErrors;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import conductor.workflow.Language;
import conductor.workflow.Templates;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.utils.Signals;

/** Runs sessions at the terminal or over a stream. */
final class Sessions {

  private final CommandContext context;
  private final Console console;
  private final Places places;

  Sessions(CommandContext context, Console console, Places places) {
    this.context = context;
    this.console = console;
    this.places = places;
  }

  /**
   * Executes a new or interrupted session.
   *
   * @return the exit code
   */
  int resume(Conductor conductor, RunDirectory run) throws InterruptedException {
    try (Execution execution = conductor.take(run)) {
      execution.restoreWorktrees(console::say);
      boolean fresh =
          execution.entries().stream().noneMatch(entry -> entry instanceof Entry.Replied);
      Optional<Entered> first =
          execution.prompt().flatMap(prompt -> fresh ? prompt.beginning() : Optional.empty());
      return talk(
          conductor,
          LiveSession.of(execution),
          first,
          "session " + run.id() + "; /help lists commands, Ctrl-D ends it",
          () -> conductor.store().view(run),
          questions(run));
    }
  }

  /**
   * Opens a run for inspection.
   *
   * @return the exit code
   */
  int open(Conductor conductor, RunDirectory run) throws InterruptedException {
    try (Reopened reopened = conductor.open(run, line -> console.warn(console.red(line)))) {
      return talk(
          conductor,
          LiveSession.of(reopened),
          Optional.empty(),
          run.id() + " to look at: nothing is performed",
          () -> RunView.of(reopened.entries()),
          SessionQuestions.none());
    }
  }

  private static SessionQuestions questions(RunDirectory run) {
    return new SessionQuestions() {
      @Override
      public List<Question> open() {
        return GateList.of(run).stream()
            .map(gate -> new Question(gate.position(), gate.prompt(), gate.options()))
            .toList();
      }

      @Override
      public boolean answer(String gate, String text) {
        return GateList.of(run).stream()
            .filter(open -> open.position().equals(gate))
            .findFirst()
            .map(open -> GateList.answer(run, open, text).isEmpty())
            .orElse(false);
      }
    };
  }

  private int talk(
      Conductor conductor,
      LiveSession running,
      Optional<Entered> first,
      String greeting,
      Supplier<RunView> journal,
      SessionQuestions questions)
      throws InterruptedException {
    var talk =
        new SessionUi(
            running,
            first,
            out -> progress(out, running.before()),
            journal,
            questions,
            new Names(() -> names(conductor), conductor.agents()::types, context.directory()),
            (file, text) -> wrong(conductor, file, text),
            editor(),
            console.color());
    var signal = new AtomicInteger();
    for (var one : signals().entrySet()) {
      Signals.register(
          one.getKey(),
          () -> {
            signal.set(one.getValue());
            running.suspend();
          });
    }
    return told(running, held(talk, greeting), signal.get());
  }

  private String editor() {
    return Stream.of("VISUAL", "EDITOR")
        .map(name -> context.environment().getOrDefault(name, ""))
        .filter(command -> !command.isBlank())
        .findFirst()
        .orElse("vi");
  }

  /** Returns the errors that the checks find in a workflow; empty when it can be run. */
  private static String wrong(Conductor conductor, Path file, String text) {
    try {
      Language.compile(file.toString(), text, conductor.scripts().library(file));
      return "";
    } catch (ScriptErrors e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Returns the signals that suspend the session; at a terminal Ctrl-C is handled by the prompt.
   */
  private Map<String, Integer> signals() {
    return isTyped() ? Map.of("HUP", 1, "TERM", 15) : Map.of("HUP", 1, "INT", 2, "TERM", 15);
  }

  private Repl.Ended held(SessionUi talk, String greeting) throws InterruptedException {
    if (console.terminal()) {
      return talk.atTerminal(places.state().root().resolve("repl-history"), greeting);
    }
    console.say(console.dim(greeting));
    var in = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
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
        console.warn(
            "%s is interrupted: go on with 'conductor resume %s', or end it with 'conductor stop %s'"
                .formatted(running.id(), running.id(), running.id()));
        yield Exit.signal(
            signal == 0 ? 2 : signal); // Ctrl-C at the prompt is no signal of this process
      }
    };
  }

  private RunListener progress(Out out, List<Entry> before) {
    var lines = new PrintStream(new Lines(out), true, StandardCharsets.UTF_8);
    return new Progress(
        new Console(
            console.out(),
            lines,
            console.screen(),
            console.terminal(),
            console.color(),
            console.quiet()),
        before);
  }

  private List<String> names(Conductor conductor) {
    var names = new ArrayList<String>(conductor.store().ids());
    new Vault(places.state().issues(), new Locks(), InstantSource.system())
        .all()
        .issues()
        .forEach(issue -> names.add(issue.id()));
    conductor.scripts().templates().all().stream()
        .map(Templates.Template::name)
        .forEach(names::add);
    return names;
  }

  /** Passes on what is printed, one or more whole lines at a time. */
  private static final class Lines extends ByteArrayOutputStream {

    private final Out out;

    Lines(Out out) {
      this.out = out;
    }

    @Override
    public synchronized void flush() {
      String text = toString(StandardCharsets.UTF_8);
      if (text.endsWith("\n")) {
        reset();
        out.told().accept(text.stripTrailing());
      }
    }
  }
}
