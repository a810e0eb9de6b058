package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.run.execution.Removals;
import conductor.state.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes runs that have ended. */
@Command(
    name = "rm",
    description = {
      "Removes runs that have ended, with their logs and what they keep in git for 'fork'.",
      "Branches, pull requests and issues stay."
    },
    footer = {"", "Example:", "  conductor rm wf-1a2b3c nightly"})
public final class RmCommand extends Subcommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "a run's id, a unique prefix of it, or its name")
  List<String> ids = List.of();

  @Option(
      names = "--force",
      description =
          "also runs that can be resumed, and their worktrees, whose work is kept under refs/conductor/trash/")
  boolean force;

  @Override
  public Integer call() throws InterruptedException {
    List<RunDirectory> runs = ids.stream().map(this::run).distinct().toList();
    var removals = new Removals(places());
    var verdicts = new ArrayList<Removals.Verdict>();
    for (RunDirectory run : runs) {
      verdicts.add(removals.remove(run, force));
    }
    print(
        verdicts,
        verdicts.stream()
            .filter(Removals.Verdict::removed)
            .map(verdict -> verdict.run() + "  removed")
            .toList());
    String kept =
        verdicts.stream()
            .filter(verdict -> verdict.kept() != null)
            .map(verdict -> verdict.run() + " is kept: " + verdict.kept())
            .collect(Collectors.joining("\n"));
    if (!kept.isEmpty()) {
      throw new UsageError(kept);
    }
    return Exit.OK;
  }
}
