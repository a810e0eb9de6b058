package conductor.cli;

import conductor.app.Execution;
import conductor.engine.RunListener;
import conductor.run.Inbox;
import conductor.run.Ownership;
import conductor.run.RunMeta;
import conductor.state.RunDirectory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a run, or one agent of it. */
@Command(
    name = "stop",
    description = "Stops a run for good with all its agents and commands, or one agent.",
    footer = {
      "",
      "Examples:",
      "  conductor stop wf-1a2b3c",
      "  conductor stop wf-1a2b3c --agent impl"
    })
final class StopCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, or a unique prefix")
  String id = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "stop only this agent")
  @Nullable String agent;

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    RunMeta meta = store().meta(run);
    if (meta.status().ended()) {
      throw new Usage("%s has ended: it is %s".formatted(run.id(), meta.status().text()));
    }
    if (agent != null) {
      new Inbox(run).stopAgent(Target.agent(run, agent), Instant.now());
      print(meta);
      return Exit.OK;
    }
    if (Ownership.of(run).isPresent()) {
      new Inbox(run).stop("stopped by a person", Instant.now());
      awaitEnd(run);
    } else {
      stopHere(run);
    }
    print(store().meta(run));
    return Exit.OK;
  }

  /** Nobody executes it: this process takes it and ends it. */
  private void stopHere(RunDirectory run) throws InterruptedException {
    try (Execution execution = conductor(run).take(run)) {
      execution.stop("stopped by a person");
      execution.run(RunListener.none(), () -> true);
    }
  }

  private void awaitEnd(RunDirectory run) throws InterruptedException {
    new Changes(run.root()).until(() -> store().meta(run).status().ended(), Changes.FOREVER);
  }
}
