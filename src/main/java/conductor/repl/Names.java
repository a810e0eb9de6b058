package conductor.repl;

import conductor.handlers.agent.AgentCatalog;
import conductor.run.execution.Conductor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The names that may complete a string: ids of runs and issues, templates, files, agent types. */
public record Names(Conductor conductor, AgentCatalog agents, Path directory) {

  private static final int MAX_FILES = 200;

  List<String> startingWith(String start) {
    var names = new ArrayList<String>(conductor.store().ids());
    conductor.vault().all().issues().forEach(issue -> names.add(issue.id()));
    conductor.scripts().templates().all().forEach(template -> names.add(template.name()));
    names.removeIf(name -> !name.startsWith(start));
    names.addAll(files(start));
    return names;
  }

  /** Names are relative to the directory; those of directories end in a slash. */
  List<String> files(String start) {
    int slash = start.lastIndexOf('/');
    String parent = start.substring(0, slash + 1);
    String name = start.substring(slash + 1);
    Path within = directory.resolve(parent);
    if (!Files.isDirectory(within)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(within)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .filter(file -> !name.isEmpty() || !file.getFileName().toString().startsWith("."))
          .map(file -> parent + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // an unreadable directory offers no completions
    }
  }
}
