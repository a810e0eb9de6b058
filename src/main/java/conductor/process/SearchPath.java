package conductor.process;

import java.io.File;
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
}
