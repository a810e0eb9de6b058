package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Group;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.handlers.agent.AgentEnvironment;
import conductor.handlers.people.Shown;
import conductor.process.TerminalProgram;
import conductor.run.execution.Environments;
import conductor.run.record.Amounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      EnvCommand.ShellIn.class,
      EnvCommand.Delete.class,
      EnvCommand.Cleanup.class
    },
    footer = {"", "Example:", "  conductor env cleanup --dry-run"})
public final class EnvCommand extends Group {

  private static String line(Environments.Seen env, RepositoryColumn repositories) {
    return Shown.oneLine(
        "%s  %s  %s%s  %s  %s  %s"
            .formatted(
                env.id(),
                env.run(),
                repositories.cell(env.repo()),
                env.branch(),
                Amounts.took(Duration.ofSeconds(env.age())),
                Amounts.size(env.size()),
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

  @Command(
      name = "list",
      description =
          "Lists the worktrees of the repository that you are in, with run, branch, age, size and state; outside of a"
              + " repository, all.",
      footer = {"", "Example:", "  conductor env list --workflow wf-1a2b3c"})
  static final class ListAll extends Subcommand {

    @Option(names = "--workflow", paramLabel = "RUN", description = "only those of this run")
    @Nullable String workflow;

    @Option(names = "--all", description = "those of all repositories")
    boolean everywhere;

    @Override
    public Integer call() throws InterruptedException {
      var environments = new Environments(places());
      List<Environments.Seen> envs = listed(environments);
      var repositories = RepositoryColumn.of(envs.stream().map(Environments.Seen::repo).toList());
      print(envs, envs.stream().map(env -> line(env, repositories)).toList());
      environments.unreadable().forEach(console()::warn);
      return Exit.OK;
    }

    private List<Environments.Seen> listed(Environments environments) throws InterruptedException {
      if (workflow != null) {
        return environments.of(run(workflow).id());
      }
      Optional<Path> here = everywhere ? Optional.empty() : here();
      return here.isPresent() ? environments.in(here.get()) : environments.all();
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
      name = "shell",
      description = {
        "Starts $SHELL in a worktree, with the environment that agents get. Ends as the shell does, with its exit code."
      },
      footer = {"", "Example:", "  conductor env shell try-wf-1a2b3c"})
  static final class ShellIn extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "its id, or what only its id begins with")
    String name = "";

    @Override
    public Integer call() throws InterruptedException {
      if (json) {
        throw new UsageError("a shell prints what it likes; 'env path --json' says where it is");
      }
      Environments.Seen env = new Environments(places()).find(name);
      if (!env.present()) {
        throw new UsageError("the worktree " + env.path() + " is gone");
      }
      String shell = context().environment().getOrDefault("SHELL", "");
      console().say("a shell in %s; 'exit' comes back".formatted(env.path()));
      return TerminalProgram.run(
          shell.isEmpty() ? "/bin/sh" : shell,
          env.path(),
          AgentEnvironment.common(context().environment(), env.path()));
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
