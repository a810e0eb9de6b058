package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.RunTable;
import conductor.cli.view.RunTable.Column;
import conductor.cli.view.Screen;
import conductor.effect.GitFailure;
import conductor.handlers.git.Repository;
import conductor.journal.JournalException;
import conductor.run.record.Amounts;
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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
    name = "ps",
    description = "Lists runs, newest first.",
    footer = {"", "Example:", "  conductor ps --status running"})
public final class PsCommand extends Subcommand {

  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)(\\d++)(?:\\.json)?$");

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
    RunStore.Listing listing = store().list();
    Set<Path> projects = repo == null ? Set.of() : projects(listing.runs(), repository(repo));
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
      console().print(lines(runs, unreadable));
    }
    unreadable.forEach(console()::warn);
    if (runs.isEmpty() && unreadable.isEmpty()) {
      console().say("no runs");
    }
    return Exit.OK;
  }

  /** Returns the directories in which runs were started that belong to a repository. */
  private Set<Path> projects(List<ListedRun> runs, Path main) throws InterruptedException {
    var projects = new HashSet<Path>();
    for (Path project : runs.stream().map(ListedRun::project).distinct().toList()) {
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

  /**
   * Returns what a blocked run asks, nothing for others; null, with the reason added to the
   * unreadable, when its journal cannot be read. Such a run hides no other.
   */
  private @Nullable List<Gate> gates(String id, RunStatus status, List<String> unreadable) {
    if (status != RunStatus.BLOCKED) {
      return List.of();
    }
    try {
      return GateList.of(places().state().run(id));
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      unreadable.add(id + ": " + e.getMessage());
      return null;
    }
  }

  /** Returns the objects of runs; adds those that meanwhile cannot be read to the others. */
  private List<Object> objects(List<ListedRun> runs, List<String> unreadable) {
    var objects = new ArrayList<Object>();
    for (ListedRun run : runs) {
      try {
        objects.add(object(run, store().meta(run), unreadable));
      } catch (UnreadableState | UncheckedIOException e) {
        unreadable.add(run.id() + ": " + e.getMessage());
      }
    }
    return objects;
  }

  /**
   * What {@code --json} prints of a run beside its description.
   *
   * @param repo the main worktree of the repository that it works on
   * @param costUsd what its agents cost; null where no program said it
   * @param gates what a blocked run asks; null where its journal cannot be read
   */
  record More(Path repo, @Nullable Double costUsd, @Nullable List<Gate> gates) {}

  private Map<String, @Nullable Object> object(
      ListedRun run, RunMeta meta, List<String> unreadable) {
    List<Gate> gates = gates(meta.id(), meta.status(), unreadable);
    return object(meta, new More(run.repo(), run.costUsd(), gates));
  }

  private List<String> lines(List<ListedRun> runs, List<String> unreadable)
      throws InterruptedException {
    Instant now = Instant.now();
    List<RunTable.Row> rows = runs.stream().map(run -> row(run, now, unreadable)).toList();
    return console().screen()
        ? RunTable.lines(rows, Screen.of(context().environment()))
        : RunTable.lines(rows);
  }

  private RunTable.Row row(ListedRun run, Instant now, List<String> unreadable) {
    var cells = new EnumMap<Column, String>(Column.class);
    cells.put(Column.ID, run.id());
    cells.put(Column.STATUS, run.status().text());
    cells.put(Column.AGE, Amounts.took(Duration.between(run.created(), now)) + " ago");
    cells.put(Column.LABEL, Objects.requireNonNullElse(run.label(), ""));
    cells.put(Column.NAME, run.name());
    cells.put(Column.REPO, Objects.toString(run.repo().getFileName(), ""));
    cells.put(Column.COST, run.costUsd() == null ? "" : Amounts.dollars(run.costUsd()));
    cells.put(Column.PR, run.prUrl() == null ? "" : pullRequest(run.prUrl()));
    return new RunTable.Row(
        cells,
        List.of(
            asks(gates(run.id(), run.status(), unreadable)),
            Objects.requireNonNullElse(run.issue(), ""),
            Objects.requireNonNullElse(run.line(), "")));
  }

  private static String asks(@Nullable List<Gate> gates) {
    if (gates == null) {
      return "! its journal cannot be read";
    }
    return gates.isEmpty() ? "" : GateList.brief(gates);
  }

  /** Returns the number that ends the URL of a pull request, as in {@code #42}. */
  private static String pullRequest(String url) {
    Matcher number = NUMBER.matcher(url);
    return number.find() ? "#" + number.group(1) : url;
  }
}
