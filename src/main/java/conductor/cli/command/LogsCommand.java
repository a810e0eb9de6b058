package conductor.cli.command;

import conductor.cli.DirectoryWatch;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.error.Reason;
import conductor.handlers.agent.Conversations;
import conductor.handlers.agent.Outputs;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what agents and commands printed. */
@Command(
    name = "logs",
    description = "Prints what the agents of a run, or one of them, said.",
    footer = {
      "",
      "Examples:",
      "  conductor logs wf-1a2b3c:impl -n 20",
      "  conductor logs wf-1a2b3c -f"
    })
public final class LogsCommand extends Subcommand {

  @Parameters(paramLabel = "RUN[:AGENT]", description = "a run, or an agent of it")
  String target = "";

  @Option(names = "-f", description = "go on as more is printed, until the run ends")
  boolean follow;

  @Option(names = "-n", paramLabel = "LINES", description = "the last lines only; default: 100")
  int lines = 100;

  @Option(names = "--diffs", description = "with what agents changed in files, line by line")
  boolean diffs;

  private final Map<Path, Long> shown = new HashMap<>();

  /**
   * A line of output.
   *
   * @param from an agent's name, or {@code exec} for commands
   */
  record Line(String from, String line) {}

  @Override
  public Integer call() throws InterruptedException {
    if (lines < 0) {
      throw new UsageError("-n must be 0 or more, found " + lines);
    }
    Target asked = Target.of(target);
    RunDirectory run = run(asked.run());
    String agent = asked.agent().map(name -> Target.agent(run, name)).orElse("");
    var all = new ArrayList<Line>();
    for (Path file : files(run, agent)) {
      all.addAll(unseen(run, file, !follow));
    }
    List<Line> last = all.subList(Math.max(0, all.size() - lines), all.size());
    if (follow) {
      last.forEach(this::followed);
      follow(run, agent);
    } else {
      print(last, last.stream().map(this::text).toList());
    }
    return Exit.OK;
  }

  private String text(Line line) {
    return target.contains(":") ? line.line() : line.from() + "  " + line.line();
  }

  private void followed(Line line) {
    print(line, List.of(text(line)));
  }

  private void follow(RunDirectory run, String agent) throws InterruptedException {
    new DirectoryWatch(run.root())
        .until(
            () -> {
              boolean over = store().isAtRest(store().meta(run));
              for (Path file : files(run, agent)) {
                unseen(run, file, over).forEach(this::followed);
              }
              return over;
            },
            DirectoryWatch.FOREVER);
  }

  /** Returns the output files of an agent, or of all and the commands, the oldest first. */
  private static List<Path> files(RunDirectory run, String agent) {
    var files = new ArrayList<Path>(Outputs.of(agent.isEmpty() ? run.agents() : run.agent(agent)));
    if (agent.isEmpty()) {
      files.addAll(Outputs.of(run.commands()));
    }
    return files;
  }

  /**
   * Returns the lines that were added to a file since the last call.
   *
   * @param all whether to include a last line without a line end
   */
  private List<Line> unseen(RunDirectory run, Path file, boolean all) {
    long from = shown.getOrDefault(file, 0L);
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(from, Files.size(file)));
      byte[] bytes = in.readNBytes(16 << 20);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n' && !all) {
        end--;
      }
      shown.put(file, from + end);
      return new String(bytes, 0, end, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> diffs || !Outputs.isDiff(file, line))
          .map(line -> new Line(name(run, file), line))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private static String name(RunDirectory run, Path file) {
    return file.startsWith(run.agents())
        ? Conversations.name(run.agents().resolve(run.agents().relativize(file).getName(0)))
        : "exec";
  }
}
