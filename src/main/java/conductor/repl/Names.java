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
 * The names that may complete a string: ids of runs and issues, templates, files, agent types.
 *
 * @param known returns all names but files and types; called for each completion
 * @param types returns the agent types; called for each completion
 * @param directory where relative files are looked for
 */
public record Names(Supplier<List<String>> known, Supplier<List<String>> types, Path directory) {

  private static final int MAX_FILES = 200;

  List<String> startingWith(String start) {
    var names = new ArrayList<String>();
    known.get().stream().filter(name -> name.startsWith(start)).forEach(names::add);
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
