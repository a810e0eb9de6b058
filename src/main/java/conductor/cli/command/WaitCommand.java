package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.run.record.GateList;
import conductor.run.record.RunStatus;
import conductor.state.RunDirectory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until a run has ended or waits for a person. */
@Command(
    name = "wait",
    description = {
      "Waits until a run has ended or waits for a person.",
      "Exit code as of 'run': 0 done, 1 failed, 3 it waits for a person or not in time, 130 interrupted."
    },
    footer = {"", "Example:", "  conductor wait wf-1a2b3c --timeout 10m"})
public final class WaitCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(names = "--timeout", paramLabel = "TIME", description = "such as 90s or 10m")
  @Nullable String timeout;

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    Duration most = timeout == null ? DirectoryWatch.FOREVER : time("--timeout", timeout);
    boolean over = new DirectoryWatch(run.root()).until(() -> over(run), most);
    var meta = store().meta(run);
    if (meta.status() == RunStatus.BLOCKED) {
      GateList.of(run).forEach(gate -> console().say("  ? " + GateList.line(gate)));
    }
    print(meta);
    return over ? Exit.of(meta.status()) : Exit.BLOCKED;
  }

  private boolean over(RunDirectory run) {
    RunStatus status = store().meta(run).status();
    return status.ended() || status == RunStatus.INTERRUPTED || status == RunStatus.BLOCKED;
  }
}
