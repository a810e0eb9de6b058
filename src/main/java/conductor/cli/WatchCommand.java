package conductor.cli;

import conductor.run.RunMeta;
import conductor.run.RunStatus;
import conductor.run.RunView;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a run. */
@Command(
    name = "watch",
    description = "Follows a run until it ends: a live tree on a terminal, else a line per change.",
    footer = {"", "Example:", "  conductor watch wf-1a2b3c"})
final class WatchCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, or a unique prefix")
  String id = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "what one agent says")
  @Nullable String agent;

  private int drawn;
  private final Set<String> told = new HashSet<>();

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory run = run(id);
    if (agent != null) {
      var logs = new LogsCommand();
      logs.parent = parent;
      logs.json = json;
      logs.stateDir = stateDir;
      logs.target = run.id() + ":" + agent;
      logs.follow = true;
      return logs.call();
    }
    new Changes(run.root()).until(() -> shown(run), Changes.FOREVER);
    return Exit.OK;
  }

  private boolean shown(RunDirectory run) {
    RunMeta meta = store().meta(run);
    RunView view = store().view(run);
    Console console = console();
    if (console.terminal() && !json) {
      List<String> lines = new Tree(console, Live.width()).lines(meta, view, Instant.now());
      drawn = Live.draw(console, lines, drawn);
    } else {
      view.effects()
          .forEach(effect -> {
            if (told.add(effect.position() + effect.status())) {
              console.print(
                  json
                      ? StateJson.line(effect)
                      : "%s %s %s %s"
                          .formatted(
                              effect.position(),
                              effect.effect(),
                              effect.status(),
                              effect.running() ? effect.summary() : effect.reply()));
            }
          });
    }
    return meta.status().ended() || meta.status() == RunStatus.INTERRUPTED;
  }
}
