package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.engine.RunListener;
import conductor.run.execution.Execution;
import conductor.run.record.Inbox;
import conductor.run.record.Owner;
import conductor.run.record.Ownership;
import conductor.run.record.RunMeta;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a run for good, or one agent of it. */
@Command(
    name = "stop",
    description = "Stops a run for good with all its agents and commands, or one agent.",
    footer = {
      "",
      "Examples:",
      "  conductor stop wf-1a2b3c",
      "  conductor stop wf-1a2b3c --agent impl"
    })
public final class StopCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "stop only this agent")
  @Nullable String agent;

  /** Longer than the time that branches have to clean up and agents take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    RunMeta meta = store().meta(run);
    if (meta.status().ended()) {
      throw new UsageError("%s has ended: it is %s".formatted(run.id(), meta.status().text()));
    }
    if (agent != null) {
      new Inbox(run).stopAgent(Target.agent(run, agent), Instant.now());
      print(meta);
      return Exit.OK;
    }
    if (Ownership.of(run).isPresent()) {
      new Inbox(run).stop("stopped by a person", Instant.now());
      awaitEnd(run);
    }
    if (!store().meta(run).status().ended()) {
      stopHere(run);
    }
    print(store().meta(run));
    return Exit.OK;
  }

  private void stopHere(RunDirectory run) throws InterruptedException {
    try (Execution execution = conductor(run).take(run)) {
      execution.stop("stopped by a person");
      execution.run(RunListener.none(), () -> true);
    }
  }

  /** Waits until the owner has ended the run, or has ended itself. */
  private void awaitEnd(RunDirectory run) throws InterruptedException {
    BooleanSupplier over = () -> store().meta(run).status().ended() || Ownership.of(run).isEmpty();
    if (new DirectoryWatch(run.root()).until(over, PATIENCE)) {
      return;
    }
    String owner = Ownership.of(run).map(Owner::toString).orElse("its owner");
    throw new UnreadableState(
        "%s was told to stop, but %s has not done so in %d s; it ends the run when it goes on. To end it without that process: kill it, then 'conductor stop %s'"
            .formatted(run.id(), owner, PATIENCE.toSeconds(), run.id()));
  }
}
