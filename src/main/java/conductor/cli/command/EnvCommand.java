package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.view.Progress;
import conductor.handlers.people.Shown;
import conductor.run.execution.Environments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, finds, deletes and cleans up the worktrees of runs. */
@Command(
    name = "env",
    description = "Works with the worktrees that runs made.",
    subcommands = {
      EnvCommand.ListAll.class,
      EnvCommand.PathOf.class,
      EnvCommand.Delete.class,
      EnvCommand.Cleanup.class
    },
    footer = {"", "Example:", "  conductor env cleanup --dry-run"})
public final class EnvCommand extends Group {

  private static String line(Environments.Seen env) {
    return Shown.oneLine(
        "%s  %s  %s  %s  %s  %s"
            .formatted(
                env.id(),
                env.run(),
                env.branch(),
                Progress.took(Duration.ofSeconds(env.age())),
                size(env.size()),
                states(env)));
  }

  static String states(Environments.Seen env) {
    var states = new ArrayList<String>();
    if (!env.present()) {
      states.add("gone");
    }
    if (env.dirty()) {
      states.add(env.uncommitted() + " uncommitted");
    }
    states.add(env.ahead() + " ahead");
    states.add(env.merged() ? "merged" : env.unmerged() + " unmerged");
    if (env.present()) {
      states.addAll(env.remarks());
    }
    return String.join(", ", states);
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KiB" : (bytes >> 20) + " MiB";
  }

  @Command(
      name = "list",
      description = "Lists worktrees with run, branch, age, size and state.",
      footer = {"", "Example:", "  conductor env list --workflow wf-1a2b3c"})
  static final class ListAll extends Subcommand {

    @Option(names = "--workflow", paramLabel = "RUN", description = "only those of this run")
    @Nullable String workflow;

    @Override
    public Integer call() throws InterruptedException {
      var environments = new Environments(places());
      List<Environments.Seen> envs =
          workflow == null ? environments.all() : environments.of(run(workflow).id());
      print(envs, envs.stream().map(EnvCommand::line).toList());
      environments.unreadable().forEach(console()::warn);
      return Exit.OK;
    }
  }

  @Command(
      name = "path",
      description = "Prints the directory of a worktree.",
      footer = {"", "Example:", "  cd \"$(conductor env path try-wf-1a2b3c)\""})
  static final class PathOf extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "its id, or what only its id begins with")
    String name = "";

    @Override
    public Integer call() throws InterruptedException {
      Environments.Seen env = new Environments(places()).find(name);
      print(env, env.path().toString());
      return Exit.OK;
    }
  }

  @Command(
      name = "delete",
      description = {
        "Deletes a worktree and its branch. One that holds uncommitted or unmerged work, or belongs to a run that can"
            + " be resumed, only with --force: all of it stays reachable under refs/conductor/trash/."
      },
      footer = {"", "Example:", "  conductor env delete try-wf-1a2b3c"})
  static final class Delete extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "its id, or what only its id begins with")
    String name = "";

    @Option(names = "--force", description = "also when it holds work")
    boolean force;

    @Override
    public Integer call() throws InterruptedException {
      Environments.Verdict verdict = new Environments(places()).delete(name, force);
      print(verdict, List.of(EnvCommand.verdict(verdict)));
      return verdict.removed() ? Exit.OK : Exit.FAILED;
    }
  }

  private static String verdict(Environments.Verdict verdict) {
    if (verdict.kept() != null) {
      return verdict.id() + "  kept: " + verdict.kept();
    }
    String where = verdict.ref() == null ? "" : "; its work is in " + verdict.ref();
    return verdict.id() + "  " + (verdict.removed() ? "removed" + where : "would be removed");
  }

  @Command(
      name = "cleanup",
      description =
          "Removes the worktrees of ended runs that hold no work of their own, and says why others stay.",
      footer = {"", "Example:", "  conductor env cleanup --older-than 7"})
  static final class Cleanup extends Subcommand {

    @Option(names = "--dry-run", description = "only say what would be done")
    boolean dryRun;

    @Option(
        names = "--older-than",
        paramLabel = "AGE",
        description = "only worktrees of this age: days, or a time such as 36h or 7d")
    String age = "0";

    @Option(
        names = "--force",
        description =
            "also worktrees of runs that can be resumed, and those that hold work: it stays reachable under refs/conductor/trash/")
    boolean force;

    @Override
    public Integer call() throws InterruptedException {
      Duration least =
          time("--older-than", age.chars().allMatch(Character::isDigit) ? age + "d" : age);
      List<Environments.Verdict> verdicts =
          new Environments(places()).cleanup(dryRun, least, force);
      print(verdicts, verdicts.stream().map(EnvCommand::verdict).toList());
      return Exit.OK;
    }
  }
}
