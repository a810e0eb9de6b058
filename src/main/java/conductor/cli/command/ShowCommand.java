package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Screen;
import conductor.cli.view.Tree;
import conductor.effect.AgentUsage;
import conductor.effect.WorktreeEnv;
import conductor.handlers.agent.AgentStatusFile;
import conductor.run.execution.Environments;
import conductor.run.record.AgentRecords;
import conductor.run.record.EffectView;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one run: status, worktrees, agents, effects and questions. */
@Command(
    name = "show",
    description = "Shows a run: where it stands, its worktrees, agents and effects.",
    footer = {
      "",
      "Examples:",
      "  conductor show wf-1a2b3c --since 10m",
      "  conductor show wf-1a2b3c --json | jq .effects"
    })
public final class ShowCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only the effects that changed since, such as 10m or 2026-01-31T09:30")
  @Nullable String since;

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    RunMeta meta = store().meta(run);
    RunView view = store().view(run);
    List<Environments.Seen> worktrees = new Environments(places()).of(run.id());
    List<EffectView> effects = since == null ? view.effects() : since(view, since);
    if (json) {
      print(object(run, meta, effects, worktrees), List.of());
    } else {
      console().print(lines(run, meta, view, effects, worktrees));
    }
    return Exit.OK;
  }

  private static List<EffectView> since(RunView view, String given) {
    Instant since = moment("--since", given);
    return view.effects().stream().filter(effect -> !effect.changed().isBefore(since)).toList();
  }

  private static Map<String, @Nullable Object> object(
      RunDirectory run, RunMeta meta, List<EffectView> effects, List<Environments.Seen> worktrees) {
    return object(
        meta,
        new More(
            worktrees,
            AgentRecords.of(run),
            GateList.of(run, meta),
            usage(run),
            FileTree.files(run.artifacts()),
            effects));
  }

  /**
   * What {@code --json} prints of a run beside its description.
   *
   * @param worktrees those that are there, as {@code env list} has them
   * @param agents their records, with the status that they have now
   * @param gates what it asks
   * @param usage what all its agents used
   * @param artifacts the files that are kept with it
   * @param effects what was asked for, in program order; with {@code --since} what changed since
   */
  record More(
      List<Environments.Seen> worktrees,
      List<Map<String, Object>> agents,
      List<Gate> gates,
      AgentUsage usage,
      List<Path> artifacts,
      List<EffectView> effects) {}

  private static AgentUsage usage(RunDirectory run) {
    return AgentStatusFile.used(run.agents());
  }

  private List<String> lines(
      RunDirectory run,
      RunMeta meta,
      RunView view,
      List<EffectView> effects,
      List<Environments.Seen> worktrees) {
    Console console = console();
    Instant now = Instant.now();
    var tree = new Tree(console, new Screen(200, Integer.MAX_VALUE));
    var lines = new ArrayList<String>(tree.head(meta, view, now));
    lines.addAll(tree.effects(run, view, effects, now));
    if (since != null && effects.isEmpty()) {
      lines.add("nothing changed since " + since);
    }
    meta.envs()
        .forEach(env ->
            lines.add("env    %s  %s  %s".formatted(env.id(), env.path(), state(env, worktrees))));
    lines.addAll(tree.agents(run, meta, now));
    GateList.of(run, meta)
        .forEach(gate ->
            lines.add(
                console.yellow(
                    "asks   %s  (conductor answer %s %s TEXT)"
                        .formatted(GateList.line(gate), gate.run(), gate.position()))));
    FileTree.files(run.artifacts()).forEach(file -> lines.add("keeps  " + file));
    if (meta.prUrl() != null) {
      lines.add("pr     " + meta.prUrl());
    }
    if (meta.error() != null) {
      lines.add(console.red("error  " + meta.error()));
    }
    if (meta.result() != null) {
      lines.add("result " + StateJson.line(meta.result()));
    }
    return lines;
  }

  private static String state(WorktreeEnv env, List<Environments.Seen> worktrees) {
    if (env.ofUser()) {
      return "your own checkout";
    }
    return worktrees.stream()
        .filter(seen -> seen.id().equals(env.id()))
        .map(EnvCommand::states)
        .findFirst()
        .orElse("removed");
  }
}
