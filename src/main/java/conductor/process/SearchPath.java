package conductor.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directories in which programs are looked for: the variable PATH, without empty entries. */
public final class SearchPath {

  private SearchPath() {}

  /** Returns the directories in their order. */
  public static List<Path> of(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of)
        .toList();
  }

  /**
   * Returns the programs of a name, in the order of the directories: the first is the one called.
   */
  public static Stream<Path> find(String program, Map<String, String> environment) {
    return of(environment).stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file));
  }
}
