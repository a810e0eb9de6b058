package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.handlers.agent.Outputs.Part;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what agents and commands printed. */
@Command(
    name = "logs",
    description = {
      "Prints what the agents and commands of a run printed, or one agent, or one step:",
      "its position as 'show' prints it, with all that is below it."
    },
    footer = {
      "",
      "Examples:",
      "  conductor logs wf-1a2b3c:impl -n 20",
      "  conductor logs wf-1a2b3c:4.impl.2 -f -t",
      "  conductor logs wf-1a2b3c --since 10m"
    })
public final class LogsCommand extends Subcommand {

  private static final DateTimeFormatter STAMP =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  @Parameters(paramLabel = "RUN[:AGENT|:STEP]", description = "a run, or an agent or a step of it")
  String target = "";

  @Option(names = "-f", description = "go on as more is printed, until the run or the step ends")
  boolean follow;

  @Option(names = "-n", paramLabel = "LINES", description = "the last lines only; default: 100")
  int lines = 100;

  @Option(names = "--skip", paramLabel = "LINES", description = "without so many of the last lines")
  int skip;

  @Option(names = "-t", description = "with the time of each line")
  boolean times;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only what was printed since, such as 10m or 2026-01-31T09:30")
  @Nullable String since;

  @Option(names = "--diffs", description = "with what agents changed in files, line by line")
  boolean diffs;

  /**
   * A line of output.
   *
   * @param from an agent's name, {@code exec} for commands, or the position of a step
   * @param at when it was printed; null when that was not recorded
   */
  record Line(String from, String line, @Nullable Instant at) {}

  @Override
  public Integer call() throws InterruptedException {
    if (lines < 0) {
      throw new UsageError("-n must be 0 or more, found " + lines);
    }
    if (skip < 0 || (skip > 0 && follow)) {
      throw new UsageError(
          skip < 0 ? "--skip must be 0 or more, found " + skip : "give --skip or -f, not both");
    }
    Target asked = Target.of(target);
    RunDirectory run = run(asked.run());
    var reader = new LogReader(diffs, since == null ? Instant.MIN : moment("--since", since));
    LogSource source = LogSource.of(store(), run, asked.agent());
    List<Line> last = last(source, reader);
    if (follow) {
      last.forEach(this::followed);
      follow(run, source, reader);
    } else {
      print(last, last.stream().map(this::text).toList());
    }
    return Exit.OK;
  }

  /** Reads what there is by now, and returns the lines that are asked for. */
  private List<Line> last(LogSource source, LogReader reader) {
    long most = (long) lines + skip;
    var last = new ArrayDeque<Line>();
    unseen(
        source,
        reader,
        !follow,
        line -> {
          last.addLast(line);
          if (last.size() > most) {
            last.removeFirst();
          }
        });
    if (reader.cut() && last.size() < most) {
      console().warn("of an output of more than 16 MB the end is shown");
    }
    return last.stream().limit(Math.max(0, last.size() - skip)).toList();
  }

  /** Reads what came since the last call. */
  private static void unseen(LogSource source, LogReader reader, boolean all, Consumer<Line> to) {
    for (Part part : source.parts()) {
      String from = source.name(part.file());
      reader.unseen(
          part, all, line -> to.accept(new Line(from, line.text(), line.at().orElse(null))));
    }
  }

  private String text(Line line) {
    String from = target.contains(":") ? "" : line.from() + "  ";
    return (times ? time(line.at()) + "  " : "") + from + line.line();
  }

  /** Returns a time in a form of one width; a dash for none. */
  private static String time(@Nullable Instant at) {
    if (at == null) {
      return "-" + " ".repeat("2026-01-31T09:30:00.000Z".length() - 1);
    }
    return STAMP.format(at);
  }

  private void followed(Line line) {
    print(line, List.of(text(line)));
  }

  private void follow(RunDirectory run, LogSource source, LogReader reader)
      throws InterruptedException {
    new DirectoryWatch(run.root(), () -> directories(source))
        .until(
            () -> {
              boolean over = source.over();
              unseen(source, reader, over, this::followed);
              return over;
            },
            DirectoryWatch.FOREVER);
  }

  private static List<Path> directories(LogSource source) {
    return source.parts().stream().map(part -> part.file().resolveSibling("")).distinct().toList();
  }
}
