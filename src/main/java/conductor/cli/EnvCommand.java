package conductor.cli;

import conductor.app.Environments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Worktrees. */
@Command(
    name = "env",
    description = "Works with the worktrees that runs made.",
    subcommands = {EnvCommand.ListAll.class, EnvCommand.Cleanup.class},
    footer = {"", "Example:", "  conductor env cleanup --dry-run"})
final class EnvCommand extends Group {

  private static String line(Environments.Seen env) {
    var states = new ArrayList<String>();
    if (!env.present()) {
      states.add("gone");
    }
    if (env.dirty()) {
      states.add(env.uncommitted() + " uncommitted");
    }
    states.add(env.ahead() + " ahead");
    states.add(env.merged() ? "merged" : env.unmerged() + " unmerged");
    return "%s  %s  %s  %s  %s  %s"
        .formatted(
            env.id(),
            env.run(),
            env.branch(),
            Progress.took(Duration.ofSeconds(env.age())),
            size(env.size()),
            String.join(", ", states));
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KiB" : (bytes >> 20) + " MiB";
  }

  /** Lists worktrees. */
  @Command(
      name = "list",
      description = "Lists worktrees with run, branch, age, size and state.",
      footer = {"", "Example:", "  conductor env list --workflow wf-1a2b3c"})
  static final class ListAll extends Subcommand {

    @Option(names = "--workflow", paramLabel = "RUN", description = "only those of this run")
    @Nullable String workflow;

    @Override
    public Integer call() throws InterruptedException {
      String run = workflow == null ? "" : run(workflow).id();
      List<Environments.Seen> envs =
          new Environments(places())
              .all().stream().filter(env -> run.isEmpty() || env.run().equals(run)).toList();
      print(envs, envs.stream().map(EnvCommand::line).toList());
      return Exit.OK;
    }
  }

  /** Removes worktrees. */
  @Command(
      name = "cleanup",
      description =
          "Removes the worktrees of ended runs that hold no work of their own, and says why others stay.",
      footer = {"", "Example:", "  conductor env cleanup --older-than 7"})
  static final class Cleanup extends Subcommand {

    @Option(names = "--dry-run", description = "only say what would be done")
    boolean dryRun;

    @Option(names = "--older-than", paramLabel = "DAYS", description = "only worktrees of this age")
    int days;

    @Override
    public Integer call() throws InterruptedException {
      if (days < 0) {
        throw new Usage("--older-than is a number of days, 0 or more, found " + days);
      }
      List<Environments.Verdict> verdicts =
          new Environments(places()).cleanup(dryRun, Duration.ofDays(days));
      print(
          verdicts,
          verdicts.stream()
              .map(verdict ->
                  verdict.id()
                      + "  "
                      + (verdict.kept() != null
                          ? "kept: " + verdict.kept()
                          : verdict.removed() ? "removed" : "would be removed"))
              .toList());
      return Exit.OK;
    }
  }
}
