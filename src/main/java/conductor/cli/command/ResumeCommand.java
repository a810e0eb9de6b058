package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.view.Progress;
import conductor.engine.Mismatch;
import conductor.run.execution.Conductor;
import conductor.run.execution.ScriptChange;
import conductor.run.record.EffectView;
import conductor.state.RunDirectory;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resumes a run that was interrupted or has failed, perhaps with an edited script. */
@Command(
    name = "resume",
    description = "Goes on with a run that was interrupted, or tries again what failed in it.",
    footer = {
      "",
      "Examples:",
      "  conductor resume wf-1a2b3c",
      "  conductor resume wf-1a2b3c --edited --yes"
    })
public final class ResumeCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = "--edited",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "",
      description =
          "go on with the script as it is now, or with another file; says what is dropped")
  @Nullable String edited;

  @Option(names = "--yes", description = "do not ask whether to go on with the edited script")
  boolean yes;

  @Mixin ExecutionOptions going = new ExecutionOptions();

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Conductor conductor = conductor(run);
    trust(conductor);
    if (edited != null && PinnedSession.of(run).isPresent()) {
      throw new UsageError(run.id() + " is a session: what was entered cannot be edited");
    }
    if (edited != null && !edit(conductor, run, edited)) {
      return Exit.USAGE;
    }
    return going.on(this, conductor, run);
  }

  private boolean edit(Conductor conductor, RunDirectory run, String file)
      throws InterruptedException {
    Optional<Scripts.Edited> script =
        file.isEmpty()
            ? Optional.empty()
            : Optional.of(new Scripts.Edited(file, context().directory().resolve(file)));
    var progress = new Progress(console(), List.of());
    return conductor.edit(run, script, progress, this::accepted);
  }

  private boolean accepted(ScriptChange change) {
    Console console = console();
    changed(change).forEach(yes ? console::say : console::warn);
    if (yes || change.dropped().isEmpty()) {
      return true;
    }
    if (!console.terminal() || json) {
      throw new UsageError("give --yes to go on with the edited script");
    }
    return console.agrees("go on?");
  }

  private static List<String> changed(ScriptChange change) {
    var lines = new ArrayList<String>();
    for (Mismatch difference : change.differences()) {
      lines.add("the edited script goes another way at " + difference.position);
      lines.add("  recorded: " + difference.recorded);
      lines.add("  now:      " + difference.now);
    }
    lines.add("kept:    " + named(change.kept()));
    lines.add("dropped: " + named(change.dropped()));
    return lines;
  }

  private static String named(List<EffectView> effects) {
    return effects.isEmpty()
        ? "nothing"
        : effects.stream()
            .map(effect -> effect.position() + " " + effect.effect())
            .collect(Collectors.joining(", "));
  }
}
