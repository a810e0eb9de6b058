package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Errors;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Drawing;
import conductor.cli.view.GatePrompt;
import conductor.cli.view.Live;
import conductor.cli.view.Progress;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.run.execution.Execution;
import conductor.run.record.OpenGates;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Executes a run while a person waits: progress, signals, the result and the exit code. */
final class Foreground {

  /** The signals that suspend a run, with their numbers. */
  static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private final Subcommand command;
  private final Console console;
  private final boolean wait;

  /** Creates the executor; says whether to wait for people. */
  Foreground(Subcommand command, boolean wait) {
    this.command = command;
    this.console = command.console();
    this.wait = wait;
  }

  /** Executes the run to its end, or until somebody interrupts it; returns the exit code. */
  int run(Execution execution, RunDirectory run, boolean watch) throws InterruptedException {
    var gates = new GatePrompt(console, run, console.terminal() && !command.json && wait);
    if (!watch || !console.terminal()) {
      var progress = new Progress(console, execution.entries());
      return run(execution, run, RunListener.all(List.of(progress, gates)), _ -> {});
    }
    try (var live = new Live(console, new Drawing(command.context(), console), run, execution)) {
      return run(execution, run, RunListener.all(List.of(live, gates)), live::left);
    }
  }

  private int run(
      Execution execution, RunDirectory run, RunListener progress, Consumer<Boolean> left)
      throws InterruptedException {
    execution
        .setAside()
        .ifPresent(file ->
            console.warn(
                "the end of the journal was torn by a crash and was set aside as " + file));
    var signal = new AtomicInteger();
    SIGNALS.forEach((name, number) ->
        Signals.register(
            name,
            () -> {
              signal.set(number);
              if (name.equals("INT")) {
                execution.interrupt();
              } else {
                execution.suspend();
              }
            }));
    var blocked = new AtomicBoolean();
    RunListener listener =
        wait ? progress : RunListener.all(List.of(progress, leaves(execution, run, blocked)));
    RunResult result = execution.run(listener, () -> true);
    left.accept(result instanceof RunResult.Suspended && !blocked.get());
    return told(execution, result, signal.get(), blocked.get());
  }

  /** Suspends the run when only a person can help; an answer it has not read yet can, too. */
  private static RunListener leaves(Execution execution, RunDirectory run, AtomicBoolean blocked) {
    return new RunListener() {
      @Override
      public void appended(Entry entry) {}

      @Override
      public void blocked(boolean now) {
        if (now && !goesOn(run)) {
          blocked.set(true);
          execution.suspend();
        }
      }
    };
  }

  private static boolean goesOn(RunDirectory run) {
    OpenGates gates = OpenGates.of(run);
    return gates.anyAnswered() || gates.onlyChildrenAsked();
  }

  private int told(Execution execution, RunResult result, int signal, boolean blocked) {
    String id = execution.id();
    int code =
        switch (result) {
          case RunResult.Done done -> done(done.value());
          case RunResult.Failed failed -> {
            console.warn(failed.message());
            if (command.stacktrace) {
              console.warn(Errors.frames(failed.error()));
            }
            console.say(
                "%s failed; 'conductor show %s' shows it, 'conductor resume %s' tries again what failed, with --edited by the corrected script"
                    .formatted(id, id, id));
            yield Exit.FAILED;
          }
          case RunResult.Aborted aborted -> {
            console.warn(id + " was stopped: " + aborted.reason());
            yield Exit.FAILED;
          }
          case RunResult.Suspended _ -> suspended(id, signal, blocked);
        };
    if (command.json) {
      console.exact(StateJson.line(execution.meta()));
    }
    return code;
  }

  private int done(@Nullable Object value) {
    if (!command.json && value != null) {
      console.result(value instanceof CharSequence text ? text.toString() : StateJson.line(value));
    }
    return Exit.OK;
  }

  private int suspended(String id, int signal, boolean blocked) {
    if (blocked && signal == 0) {
      console.say(
          "%s waits for a person: 'conductor gates %s' shows the questions".formatted(id, id));
      return Exit.BLOCKED;
    }
    console.warn(interrupted(id));
    return Exit.signal(signal);
  }

  static String interrupted(String id) {
    return "%1$s is interrupted: go on with 'conductor resume %1$s', or end it with 'conductor stop %1$s'"
        .formatted(id);
  }
}
