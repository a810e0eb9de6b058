package conductor.cli;

import conductor.app.Execution;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.state.StateJson;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Executes a run while a person waits: progress, signals, the result and the exit code. */
final class Foreground {

  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private final Console console;
  private final boolean json;
  private final boolean wait;

  /**
   * @param wait whether a run that waits for a person is waited for
   */
  Foreground(Console console, boolean json, boolean wait) {
    this.console = console;
    this.json = json;
    this.wait = wait;
  }

  int run(Execution execution, RunListener progress) throws InterruptedException {
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
              execution.suspend();
            }));
    var blocked = new AtomicInteger();
    RunListener listener =
        wait ? progress : RunListener.all(java.util.List.of(progress, leaves(execution, blocked)));
    RunResult result = execution.run(listener, () -> true);
    return told(execution, result, signal.get(), blocked.get() > 0);
  }

  private static RunListener leaves(Execution execution, AtomicInteger blocked) {
    return new RunListener() {
      @Override
      public void appended(conductor.journal.Entry entry) {}

      @Override
      public void blocked(boolean now) {
        if (now) {
          blocked.incrementAndGet();
          execution.suspend();
        }
      }
    };
  }

  private int told(Execution execution, RunResult result, int signal, boolean blocked) {
    String id = execution.id();
    int code =
        switch (result) {
          case RunResult.Done done -> done(done.value());
          case RunResult.Failed failed -> {
            console.warn(failed.message());
            console.say(
                "%s failed; 'conductor show %s' shows it, 'conductor resume %s' tries again what failed"
                    .formatted(id, id, id));
            yield Exit.FAILED;
          }
          case RunResult.Aborted aborted -> {
            console.warn(id + " was stopped: " + aborted.reason());
            yield Exit.FAILED;
          }
          case RunResult.Suspended _ -> suspended(id, signal, blocked);
        };
    if (json) {
      console.print(StateJson.line(execution.meta()));
    }
    return code;
  }

  private int done(@Nullable Object value) {
    if (!json && value != null) {
      console.print(value instanceof CharSequence text ? text.toString() : StateJson.line(value));
    }
    return Exit.OK;
  }

  private int suspended(String id, int signal, boolean blocked) {
    if (blocked && signal == 0) {
      console.say(
          "%s waits for a person: 'conductor gates %s' shows the questions".formatted(id, id));
      return Exit.BLOCKED;
    }
    console.warn(
        "%s is interrupted: go on with 'conductor resume %s', or end it with 'conductor stop %s'"
            .formatted(id, id, id));
    return Exit.signal(signal);
  }
}
