package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.Progress;
import conductor.effect.GitFailure;
import conductor.handlers.git.Repository;
import conductor.handlers.people.Shown;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    List<RunMeta> runs =
        listing.runs().stream()
            .filter(run -> status == null || status.contains(run.status()))
            .filter(run -> repo == null || projects.contains(run.project()))
            .limit(Math.max(0, limit))
            .toList();
    if (json) {
      print(runs.stream().map(this::withGates).toList(), List.of());
    } else {
      Instant now = Instant.now();
      runs.forEach(run -> console().print(line(run, now)));
    }
    listing.unreadable().forEach(console()::warn);
    if (runs.isEmpty() && listing.unreadable().isEmpty()) {
      console().say("no runs");
    }
    return Exit.OK;
  }

  /** Returns the directories in which runs were started that belong to a repository. */
  private Set<Path> projects(Path main) throws InterruptedException {
    var projects = new HashSet<Path>();
    for (Path project : store().all().stream().map(RunMeta::project).distinct().toList()) {
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

  private List<Gate> gates(RunMeta run) {
    return run.status() == RunStatus.BLOCKED
        ? GateList.of(places().state().run(run.id()))
        : List.of();
  }

  private Map<String, @Nullable Object> withGates(RunMeta run) {
    Map<String, @Nullable Object> object = object(run);
    object.put("gates", gates(run));
    return object;
  }

  private String line(RunMeta run, Instant now) {
    String issue = run.issue() == null ? "" : "  " + run.issue().id();
    String line = run.line() == null ? "" : "  " + run.line();
    String age = Progress.took(Duration.between(run.created(), now));
    List<Gate> gates = gates(run);
    return Shown.oneLine(
            "%s  %-11s  %-8s ago  %s%s%s"
                .formatted(run.id(), run.status().text(), age, run.name(), issue, line))
        + (gates.isEmpty() ? "" : "  " + GateList.brief(gates));
  }
}
