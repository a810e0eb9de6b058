package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.view.Progress;
import conductor.engine.Mismatch;
import conductor.handlers.people.Shown;
import conductor.run.execution.Conductor;
import conductor.run.execution.Revision;
import conductor.run.execution.ScriptChange;
import conductor.run.record.EffectView;
import conductor.state.RunDirectory;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resumes a run that was interrupted or has failed, perhaps with another script or parameters. */
@Command(
    name = "resume",
    description = "Goes on with a run that was interrupted, or tries again what failed in it.",
    footer = {
      "",
      "Examples:",
      "  conductor resume wf-1a2b3c",
      "  conductor resume wf-1a2b3c --edited --yes",
      "  conductor resume wf-1a2b3c --param rounds=5"
    })
public final class ResumeCommand extends Subcommand {

  /** How much is shown of what a script asks for where it asks for something else. */
  private static final int WIDTH = 120;

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

  @Mixin ParameterOptions parameters = new ParameterOptions();

  @Mixin ExecutionOptions going = new ExecutionOptions();

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Conductor conductor = conductor(run);
    trust(conductor);
    var revision = new Revision(script(), parameters.given(context().directory()));
    boolean revised = edited != null || !revision.params().isEmpty();
    if (revised && PinnedSession.of(run).isPresent()) {
      throw new UsageError(
          "%s is a session: neither what was entered nor its parameters can be edited"
              .formatted(run.id()));
    }
    var progress = new Progress(console(), List.of());
    if (revised
        && !conductor.edit(run, revision, progress, change -> accepted(change, revision, run))) {
      return Exit.USAGE;
    }
    return going.on(this, conductor, run);
  }

  private Revision.Script script() {
    if (edited == null) {
      return new Revision.Script.Kept();
    }
    return edited.isEmpty()
        ? new Revision.Script.AsItIsNow()
        : new Revision.Script.Given(
            new Scripts.Edited(edited, context().directory().resolve(edited)));
  }

  private boolean accepted(ScriptChange change, Revision revision, RunDirectory run) {
    Console console = console();
    boolean same = edited == null && change.differences().isEmpty();
    changed(change).forEach(yes || same ? console::say : console::warn);
    if (same) {
      return true;
    }
    if (edited == null) {
      String names = String.join(" ", revision.params().keySet());
      throw new UsageError(
          "with other parameters (%s) %s would not have done what it did; nothing was changed. 'conductor resume %s --edited' with the same parameters drops what differs"
              .formatted(names, run.id(), run.id()));
    }
    if (yes || change.dropped().isEmpty()) {
      return true;
    }
    if (!console.terminal() || json) {
      throw new UsageError("give --yes to go on with the edited script");
    }
    return console.agrees("go on?");
  }

  private List<String> changed(ScriptChange change) {
    var lines = new ArrayList<String>();
    for (Mismatch difference : change.differences()) {
      String who = edited == null ? "the script with these parameters" : "the edited script";
      lines.add(who + " goes another way at " + difference.position);
      lines.addAll(differing(difference));
    }
    lines.add("kept:    " + named(change.kept()));
    lines.add("dropped: " + named(change.dropped()));
    return lines;
  }

  /** Returns what differs: the parts of arguments, else what is asked for, cut in the middle. */
  private static List<String> differing(Mismatch difference) {
    if (difference.changed.isEmpty()) {
      return List.of(
          "  - " + Shown.oneLine(cut(difference.recorded)),
          "  + " + Shown.oneLine(cut(difference.now)));
    }
    return difference.changed.stream()
        .flatMap(argument ->
            Stream.of(
                "  - %s: %s".formatted(argument.name(), Shown.oneLine(argument.recorded())),
                "  + %s: %s".formatted(argument.name(), Shown.oneLine(argument.now()))))
        .toList();
  }

  private static String cut(String text) {
    return text.length() <= WIDTH
        ? text
        : text.substring(0, WIDTH / 2) + " … " + text.substring(text.length() - WIDTH / 2);
  }

  private static String named(List<EffectView> effects) {
    return effects.isEmpty()
        ? "nothing"
        : effects.stream()
            .map(effect -> effect.position() + " " + effect.effect())
            .collect(Collectors.joining(", "));
  }
}
