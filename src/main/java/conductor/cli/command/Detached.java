package conductor.cli.command;

import conductor.cli.CommandContext;
import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.process.Job;
import conductor.process.JobSpec;
import conductor.process.SelfCommand;
import conductor.run.record.Ownership;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another conductor process that executes a run and outlives this one. */
final class Detached {

  private Detached() {}

  /**
   * Starts the process and waits until it has taken the run, or throws when it cannot. Its output
   * is in the run's directory, under {@code owner/}. People may be asked what becomes of failures.
   */
  static void start(Subcommand command, RunDirectory run, boolean asks)
      throws InterruptedException {
    CommandContext context = command.context();
    var arguments = new ArrayList<String>(List.of("resume", run.id(), "--quiet"));
    arguments.addAll(List.of("--state-dir", command.places().state().root().toString()));
    if (asks) {
      arguments.add("--ask");
    }
    List<String> words = SelfCommand.command(context.home(), arguments.toArray(String[]::new));
    Path owners = run.root().resolve("owner");
    int n = 1;
    while (!(Job.in(owners.resolve("" + n)).state() instanceof Job.State.NotStarted)) {
      n++;
    }
    Job job =
        Job.start(
            owners.resolve("" + n),
            new JobSpec(words, context.directory(), context.environment(), true),
            new byte[0]);
    new DirectoryWatch(run.root())
        .until(
            () -> Ownership.of(run).isPresent() || !(job.state() instanceof Job.State.Running),
            DirectoryWatch.FOREVER);
    if (job.state() instanceof Job.State.Ended(int code, var _) && code > Exit.FAILED) {
      throw new UsageError(job.out().tail(2000).strip());
    }
  }
}
