package conductor.cli;

import conductor.app.Conductor;
import conductor.app.Execution;
import conductor.app.Launch;
import conductor.effect.Issue;
import conductor.issue.IssueFile;
import conductor.issue.Tracker;
import conductor.issue.Vault;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "  conductor run my_flow.groovy --param rounds=3 --watch"
    })
final class RunCommand extends Subcommand {

  @Parameters(paramLabel = "TEMPLATE|FILE", description = "a template's name or a script")
  String workflow = "";

  @Option(
      names = "--issue",
      paramLabel = "FILE|ID",
      description =
          "the issue to work on: a markdown file, an id of the vault, or '#42' or a url of the forge")
  @Nullable String issue;

  @Option(
      names = "--params",
      paramLabel = "JSON|@FILE",
      description = "parameters as a JSON object")
  @Nullable String params;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "one parameter; repeatable")
  Map<String, String> param = new LinkedHashMap<>();

  @Option(names = "--agent", paramLabel = "TYPE", description = "the default agent")
  @Nullable String agent;

  @Option(names = "--watch", description = "draw the live tree of the run")
  boolean watch;

  @Option(names = "--detach", description = "print the run's id and return; the run goes on")
  boolean detach;

  @Option(names = "--no-wait", description = "leave with exit code 3 when only a person can help")
  boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    if (params != null) {
      given.putAll(JsonArguments.object("--params", params, shell().directory()));
    }
    given.putAll(param);
    Map<String, Object> flags = new HashMap<>();
    if (agent != null) {
      flags.put("agent", agent);
    }
    Conductor conductor = conductor(flags);
    trust(conductor);
    RunDirectory run =
        conductor.prepare(
            new Launch(workflow, given, issue(conductor), shell().directory(), Optional.empty()));
    return detach ? detached(conductor, run) : foreground(conductor, run);
  }

  private Optional<Issue> issue(Conductor conductor) throws InterruptedException {
    if (issue == null) {
      return Optional.empty();
    }
    Path file = shell().directory().resolve(issue);
    if (Files.isRegularFile(file)) {
      return Optional.of(IssueFile.read(file).issue());
    }
    return Optional.of(
        Tracker.names(issue)
            ? conductor.tracker(shell().directory()).read(issue, console()::say)
            : new Vault(places().state().issues(), new Locks(), InstantSource.system()).get(issue));
  }

  private int detached(Conductor conductor, RunDirectory run) throws InterruptedException {
    new Detached(shell(), places()).start(run);
    print(conductor.store().meta(run), java.util.List.of(run.id()));
    return Exit.OK;
  }

  private int foreground(Conductor conductor, RunDirectory run) throws InterruptedException {
    console().say(console().dim("run " + run.id()));
    try (Execution execution = conductor.take(run)) {
      return new Foreground(shell(), console(), json, !noWait, stacktrace)
          .run(execution, run, watch);
    }
  }
}
