package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.run.execution.Conductor;
import conductor.run.execution.Execution;
import conductor.run.execution.RunRequest;
import conductor.run.record.RunNames;
import conductor.script.BadParameters;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a workflow. */
@Command(
    name = "run",
    description = "Runs a template or a workflow file.",
    footer = {
      "",
      "Examples:",
      "  conductor run basic_pr --issue issue.md",
      "  conductor run basic_pr --issue '#42'",
      "  conductor run basic_pr --issue 'Add a greeting to the start page'",
      "  conductor run basic_pr --issue issue.md --base release/1.2",
      "  conductor run my_flow.groovy --param rounds=3 --watch",
      "  conductor run basic_pr --issue issue.md --name greeting",
      "  conductor run -e 'return yield Now()'"
    })
public final class RunCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "TEMPLATE|FILE",
      description = "a template's name or a script; - for a script on standard input")
  String workflow = "";

  @Option(names = "-e", paramLabel = "CODE", description = "the script itself, in Groovy")
  @Nullable String code;

  @Mixin LaunchOptions options = new LaunchOptions();

  @Option(
      names = "--name",
      paramLabel = "LABEL",
      description = "a name for the run, which stands for its id in all commands")
  @Nullable String name;

  @Option(names = "--watch", description = "draw the live tree of the run")
  boolean watch;

  @Option(names = "--detach", description = "print the run's id and return; the run goes on")
  boolean detach;

  @Option(names = "--no-wait", description = "leave with exit code 3 when only a person can help")
  boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> label = Optional.ofNullable(name).map(RunNames::check);
    Optional<String> script = script();
    Conductor conductor = conductor(options.flags());
    trust(conductor);
    conductor.scripts().replaced(workflow).ifPresent(console()::warn);
    RunDirectory run = prepared(conductor, script, label);
    return detach ? detached(conductor, run) : foreground(conductor, run);
  }

  /** Returns the text of a workflow that is in no file. */
  private Optional<String> script() {
    if (code == null && workflow.isEmpty()) {
      throw new UsageError(
          "name a template or a file, or give the script: with -e, or with - on standard input");
    }
    if (code != null && !workflow.isEmpty()) {
      throw new UsageError("-e is the script, and '%s' is another; give one".formatted(workflow));
    }
    if (code == null && workflow.equals("-") && "-".equals(options.issue)) {
      throw new UsageError("the script and the issue cannot both be standard input");
    }
    return workflow.equals("-")
        ? Optional.of(LaunchOptions.text("run -", context()))
        : Optional.ofNullable(code);
  }

  private RunDirectory prepared(
      Conductor conductor, Optional<String> script, Optional<String> label)
      throws InterruptedException {
    RunRequest asked = options.request(this, conductor, script.isPresent() ? "-" : workflow);
    RunRequest scripted = script.map(asked::withScript).orElse(asked);
    RunRequest launch = label.map(scripted::named).orElse(scripted);
    try {
      return conductor.prepare(
          launch, warning -> console().say(console().yellow(warning.toString())));
    } catch (BadParameters e) {
      throw options.explained(e);
    }
  }

  private int detached(Conductor conductor, RunDirectory run) throws InterruptedException {
    Detached.start(this, run, false);
    print(conductor.store().meta(run), List.of(run.id()));
    return Exit.OK;
  }

  private int foreground(Conductor conductor, RunDirectory run) throws InterruptedException {
    console().say(console().dim("run " + run.id()));
    try (Execution execution = conductor.take(run)) {
      return new Foreground(this, !noWait).run(execution, run, watch);
    }
  }
}
