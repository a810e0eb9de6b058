package conductor.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names that may stand in texts: ids of runs and issues, templates, files, types of agents.
 *
 * @param known looked up each time they are asked for
 * @param types those of agents, looked up likewise
 * @param directory where files are looked for
 */
public record Names(Supplier<List<String>> known, Supplier<List<String>> types, Path directory) {

  private static final int MOST = 200;

  /** Returns those that begin so. */
  List<String> startingWith(String start) {
    var names = new ArrayList<String>();
    known.get().stream().filter(name -> name.startsWith(start)).forEach(names::add);
    names.addAll(files(start));
    return names;
  }

  /**
   * Files by the paths that lead to them from the directory; those of directories end in a slash.
   */
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
          .limit(MOST)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // what cannot be read cannot be completed
    }
  }
}
