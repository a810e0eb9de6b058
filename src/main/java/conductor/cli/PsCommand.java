package conductor.cli;

import conductor.run.RunMeta;
import conductor.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(
    name = "ps",
    description = "Lists runs, newest first.",
    footer = {"", "Example:", "  conductor ps --status running"})
final class PsCommand extends Subcommand {

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "only these: pending, running, blocked, done, error, aborted, interrupted")
  @Nullable List<RunStatus> status;

  @Option(names = "--limit", paramLabel = "N", description = "at most this many")
  int limit = Integer.MAX_VALUE;

  @Override
  public Integer call() {
    List<RunMeta> runs =
        store().all().stream()
            .filter(run -> status == null || status.contains(run.status()))
            .limit(Math.max(0, limit))
            .toList();
    Instant now = Instant.now();
    print(runs, runs.stream().map(run -> line(run, now)).toList());
    List<String> unreadable = store().unreadable();
    unreadable.forEach(console()::warn);
    if (runs.isEmpty() && unreadable.isEmpty()) {
      console().say("no runs");
    }
    return Exit.OK;
  }

  private static String line(RunMeta run, Instant now) {
    String issue = run.issue() == null ? "" : "  " + run.issue().id();
    String line = run.line() == null ? "" : "  " + run.line();
    String age = Progress.took(Duration.between(run.created(), now));
    return "%s  %-11s  %-8s ago  %s%s%s"
        .formatted(run.id(), run.status().text(), age, run.name(), issue, line);
  }
}
