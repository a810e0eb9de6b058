package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Progress;
import conductor.effect.GitFailure;
import conductor.handlers.git.Repository;
import conductor.handlers.people.Shown;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.ListedRun;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
    name = "ps",
    description = "Lists runs, newest first.",
    footer = {"", "Example:", "  conductor ps --status running"})
public final class PsCommand extends Subcommand {

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "only these: pending, running, blocked, done, error, aborted, interrupted")
  @Nullable List<RunStatus> status;

  @Option(names = "--limit", paramLabel = "N", description = "at most this many")
  int limit = Integer.MAX_VALUE;

  @Option(
      names = "--repo",
      paramLabel = "PATH",
      description = "only those started in the repository that this directory is in")
  @Nullable Path repo;

  @Override
  public Integer call() throws InterruptedException {
    Set<Path> projects = repo == null ? Set.of() : projects(repository(repo));
    RunStore.Listing listing = store().list();
    List<ListedRun> runs =
        listing.runs().stream()
            .filter(run -> status == null || status.contains(run.status()))
            .filter(run -> repo == null || projects.contains(run.project()))
            .limit(Math.max(0, limit))
            .toList();
    var unreadable = new ArrayList<String>(listing.unreadable());
    if (json) {
      print(objects(runs, unreadable), List.of());
    } else {
      Instant now = Instant.now();
      console().print(runs.stream().map(run -> line(run, now)).toList());
    }
    unreadable.forEach(console()::warn);
    if (runs.isEmpty() && unreadable.isEmpty()) {
      console().say("no runs");
    }
    return Exit.OK;
  }

  /** Returns the directories in which runs were started that belong to a repository. */
  private Set<Path> projects(Path main) throws InterruptedException {
    var projects = new HashSet<Path>();
    for (Path project :
        store().list().runs().stream().map(ListedRun::project).distinct().toList()) {
      boolean within = Files.isDirectory(project) ? isIn(project, main) : project.startsWith(main);
      if (within) {
        projects.add(project);
      }
    }
    return projects;
  }

  private boolean isIn(Path project, Path main) throws InterruptedException {
    try {
      return Repository.of(looking().forges().git(project)).main().equals(main);
    } catch (GitFailure e) {
      return false;
    }
  }

  private List<Gate> gates(String id, RunStatus status) {
    return status == RunStatus.BLOCKED ? GateList.of(places().state().run(id)) : List.of();
  }

  /** Returns the objects of runs; adds those that meanwhile cannot be read to the others. */
  private List<Object> objects(List<ListedRun> runs, List<String> unreadable) {
    var objects = new ArrayList<Object>();
    for (ListedRun run : runs) {
      try {
        objects.add(withGates(store().meta(run)));
      } catch (UnreadableState | UncheckedIOException e) {
        unreadable.add(run.id() + ": " + e.getMessage());
      }
    }
    return objects;
  }

  private Map<String, @Nullable Object> withGates(RunMeta run) {
    Map<String, @Nullable Object> object = object(run);
    object.put("gates", gates(run.id(), run.status()));
    return object;
  }

  private String line(ListedRun run, Instant now) {
    String issue = run.issue() == null ? "" : "  " + run.issue();
    String line = run.line() == null ? "" : "  " + run.line();
    String age = Progress.took(Duration.between(run.created(), now));
    List<Gate> gates = gates(run.id(), run.status());
    return Shown.oneLine(
            run.id()
                + "  "
                + Console.padded(run.status().text(), 11)
                + "  "
                + Console.padded(age, 8)
                + " ago  "
                + run.name()
                + issue
                + line)
        + (gates.isEmpty() ? "" : "  " + GateList.brief(gates));
  }
}
