package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Drawing;
import conductor.run.record.EffectView;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the progress of a run until no process executes it. */
@Command(
    name = "watch",
    description = {
      "Follows a run until it ends: a live tree on a terminal, else a line per change.",
      "Exit code as of 'run': 0 done, 1 failed, 3 it waits for a person and nobody executes it, 130 interrupted."
    },
    footer = {"", "Example:", "  conductor watch wf-1a2b3c"})
public final class WatchCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "a run's id, a unique prefix of it, or its name")
  String id = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "what one agent says")
  @Nullable String agent;

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
      logs.call();
      return Exit.of(store().meta(run).status());
    }
    var drawing = new Drawing(context(), console(), run);
    boolean live = console().terminal() && !json;
    new DirectoryWatch(run.root())
        .until(
            () -> {
              RunMeta meta = store().meta(run);
              RunView view = store().view(run);
              if (live) {
                drawing.draw(meta, view);
              } else {
                told(view);
              }
              return store().isAtRest(meta);
            },
            DirectoryWatch.FOREVER);
    return Exit.of(store().meta(run).status());
  }

  private void told(RunView view) {
    if (!json && !view.line().isEmpty() && told.add("== " + view.line())) {
      console().print("== " + view.line());
    }
    for (EffectView effect : view.effects()) {
      if (told.add(effect.position() + effect.status())) {
        print(effect, List.of(text(effect)));
      }
    }
  }

  private static String text(EffectView effect) {
    String words = effect.running() ? effect.summary() : effect.reply();
    return "%s %s %s %s"
        .formatted(
            effect.position(),
            effect.effect(),
            effect.status(),
            Objects.requireNonNullElse(words, ""))
        .strip();
  }
}
