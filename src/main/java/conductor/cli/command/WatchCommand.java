package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.cli.view.Drawing;
import conductor.journal.JournalException;
import conductor.run.record.EffectView;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.FileCache;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the progress of a run until no process executes it, or that of all runs. */
@Command(
    name = "watch",
    description = {
      "Follows a run until it ends: a live tree on a terminal, else a line per change.",
      "Without RUN it follows all that are at work, and those that begin meanwhile, until none is left.",
      "Exit code as of 'run': 0 done, 1 failed, 3 it waits for a person and nobody executes it, 130 interrupted;"
          + " without RUN 0."
    },
    footer = {"", "Example:", "  conductor watch wf-1a2b3c"})
public final class WatchCommand extends Subcommand {

  /** Of how many runs the effects are kept between two looks. */
  private static final int FOLLOWED = 100;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "a run's id, a unique prefix of it, or its name")
  @Nullable String id;

  @Option(names = "--agent", paramLabel = "NAME", description = "what one agent of RUN says")
  @Nullable String agent;

  private final Set<String> told = new HashSet<>();
  private final FileCache<RunView> views = new FileCache<>(FOLLOWED, RunView::read);

  /** What {@code --json} prints beside a change: the run's id. */
  record More(String run) {}

  @Override
  public Integer call() throws InterruptedException {
    if (id == null) {
      if (agent != null) {
        throw new UsageError("--agent needs a run: conductor watch RUN --agent " + agent);
      }
      return all();
    }
    RunDirectory run = run(id);
    if (agent != null) {
      return agent(run, agent);
    }
    var drawing = new Drawing(context(), console());
    boolean live = console().terminal() && !json;
    new DirectoryWatch(run.root())
        .until(
            () -> {
              RunMeta meta = store().meta(run);
              RunView view = views.of(run.trace());
              if (live) {
                drawing.draw(new Drawing.Part(run, meta, view));
              } else {
                told(run, view, "");
              }
              return store().isAtRest(meta);
            },
            DirectoryWatch.FOREVER);
    return Exit.of(store().meta(run).status());
  }

  private Integer agent(RunDirectory run, String agent) throws InterruptedException {
    var logs = new LogsCommand();
    logs.parent = parent;
    logs.json = json;
    logs.stateDir = stateDir;
    logs.target = run.id() + ":" + agent;
    logs.follow = true;
    logs.call();
    return Exit.of(store().meta(run).status());
  }

  private Integer all() throws InterruptedException {
    Path runs = places().state().workflows();
    var followed = new TreeSet<String>(working());
    if (followed.isEmpty()) {
      console().say("no run is at work");
      return Exit.OK;
    }
    var drawing = new Drawing(context(), console());
    boolean live = console().terminal() && !json;
    new DirectoryWatch(runs, () -> followed.stream().map(runs::resolve).toList())
        .until(
            () -> {
              followed.addAll(working());
              List<Drawing.Part> parts = parts(followed);
              if (live) {
                drawing.draw(parts);
              } else {
                parts.forEach(this::told);
              }
              parts.stream()
                  .filter(part -> store().isAtRest(part.meta()))
                  .forEach(part -> followed.remove(part.run().id()));
              return followed.isEmpty();
            },
            DirectoryWatch.FOREVER);
    return Exit.OK;
  }

  private List<String> working() {
    RunStore store = store();
    return store.list().runs().stream()
        .filter(run -> !run.status().ended())
        .map(store::meta)
        .filter(meta -> !store.isAtRest(meta))
        .map(RunMeta::id)
        .toList();
  }

  /** Returns runs as they are now; forgets those that meanwhile cannot be read. */
  private List<Drawing.Part> parts(Set<String> followed) {
    var parts = new ArrayList<Drawing.Part>();
    for (String one : List.copyOf(followed)) {
      RunDirectory run = places().state().run(one);
      try {
        parts.add(new Drawing.Part(run, store().meta(run), views.of(run.trace())));
      } catch (JournalException | UnreadableState | UncheckedIOException e) {
        if (Files.isDirectory(run.root()) && told.add("! " + one)) {
          console().warn(one + ": " + e.getMessage());
        }
        followed.remove(one);
      }
    }
    return parts;
  }

  private void told(Drawing.Part part) {
    String id = part.run().id();
    told(part.run(), part.view(), id + " ");
    if (!json && store().isAtRest(part.meta())) {
      console().print("%s %s".formatted(id, part.meta().status().text()));
    }
  }

  private void told(RunDirectory run, RunView view, String before) {
    if (!json && !view.line().isEmpty() && told.add(before + "== " + view.line())) {
      console().print(before + "== " + view.line());
    }
    for (EffectView effect : view.effects()) {
      if (told.add(before + effect.position() + effect.status())) {
        if (json) {
          print(object(effect, new More(run.id())), List.of());
        } else {
          console().print(before + text(effect));
        }
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
