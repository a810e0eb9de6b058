package conductor.workflow;

import conductor.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The templates of several directories. Where two have one name, the earlier directory's is taken.
 */
public final class Templates {

  private final List<Source> sources;

  /**
   * A directory of templates.
   *
   * @param origin {@code project}, {@code user} or {@code built-in}
   */
  public record Source(String origin, Path directory) {}

  /** A template: the file {@code <name>.groovy} or {@code <name>.jsh}. */
  public record Template(String name, String origin, Path file) {}

  public Templates(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  public List<Template> all() {
    Map<String, Template> templates = new TreeMap<>();
    for (Source source : sources) {
      for (Path file : files(source.directory())) {
        String name = Language.withoutSuffix(file.getFileName().toString());
        templates.putIfAbsent(name, new Template(name, source.origin(), file));
      }
    }
    return List.copyOf(templates.values());
  }

  public Optional<Template> find(String name) {
    return all().stream().filter(template -> template.name().equals(name)).findFirst();
  }

  /** Returns whether a place has a template of a name, even when another's is taken. */
  public boolean has(String name, String origin) {
    return new Templates(sources.stream().filter(source -> source.origin().equals(origin)).toList())
        .find(name)
        .isPresent();
  }

  /** Returns whether a file tells scenarios of the workflow beside it, and is none itself. */
  public static boolean isTest(Path file) {
    return file.toString().endsWith("_test.groovy");
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !isTest(file))
          .filter(file -> Language.written(file.getFileName().toString()).isPresent())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }
}
