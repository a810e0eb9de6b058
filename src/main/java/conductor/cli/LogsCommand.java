package conductor.cli;

import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
final class LogsCommand extends Subcommand {

  @Parameters(paramLabel = "RUN[:AGENT]", description = "a run, or an agent of it")
  String target = "";

  @Option(names = "-f", description = "go on as more is printed, until the run ends")
  boolean follow;

  @Option(names = "-n", paramLabel = "LINES", description = "the last lines only; default: 100")
  int lines = 100;

  private final Map<Path, Long> shown = new HashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    Target asked = Target.of(target);
    RunDirectory run = run(asked.run());
    String agent = asked.agent().map(name -> Target.agent(run, name)).orElse("");
    var all = new ArrayList<String>();
    for (Path file : files(run, agent)) {
      all.addAll(unseen(run, file));
    }
    tail(all).forEach(this::line);
    if (follow) {
      follow(run, agent);
    }
    return Exit.OK;
  }

  private List<String> tail(List<String> all) {
    return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
  }

  private void line(String line) {
    console().print(json ? conductor.state.StateJson.line(Map.of("line", line)) : line);
  }

  private void follow(RunDirectory run, String agent) throws InterruptedException {
    new Changes(run.root())
        .until(
            () -> {
              boolean over = store().meta(run).status().ended();
              for (Path file : files(run, agent)) {
                unseen(run, file).forEach(this::line);
              }
              return over;
            },
            Changes.FOREVER);
  }

  /** The outputs of an agent, or of all agents and commands, in the order they were begun. */
  private static List<Path> files(RunDirectory run, String agent) {
    var files = new ArrayList<Path>();
    for (Path root : List.of(run.agents().resolve(agent), run.commands())) {
      if (Files.isDirectory(root) && (agent.isEmpty() || !root.equals(run.commands()))) {
        try (Stream<Path> found = Files.walk(root)) {
          found
              .filter(file -> List.of("out", "err").contains(file.getFileName().toString()))
              .forEach(files::add);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot list " + root + ": " + e.getMessage(), e);
        }
      }
    }
    files.sort(java.util.Comparator.comparing(Path::toString));
    return files;
  }

  private List<String> unseen(RunDirectory run, Path file) {
    long from = shown.getOrDefault(file, 0L);
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(from, Files.size(file)));
      byte[] bytes = in.readNBytes(16 << 20);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n' && follow) {
        end--;
      }
      shown.put(file, from + end);
      String prefix = name(run, file);
      return new String(bytes, 0, end, java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .map(line -> target.contains(":") ? line : prefix + "  " + line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String name(RunDirectory run, Path file) {
    return file.startsWith(run.agents())
        ? run.agents().relativize(file).getName(0).toString()
        : "exec";
  }
}
