package conductor.handlers.agent.protocol;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments, variables and files that keep a program within conductor's permission rules, whatever
 * its own settings are: these may reduce what it does without asking, but never extend it. Those
 * that give it its equipment are among them.
 *
 * @param words further arguments
 * @param files the contents of files in the process's own directory, by their relative paths
 * @param links the directories that symbolic links there lead to, by the links' relative paths
 * @param variables environment variables to set, except those that conductor's configuration sets
 */
public record Bounds(
    List<String> words,
    Map<String, String> files,
    Map<String, Path> links,
    Map<String, String> variables) {

  public static final Bounds NONE = of(List.of());

  public Bounds {
    words = List.copyOf(words);
    files = Map.copyOf(files);
    links = Map.copyOf(links);
    variables = Map.copyOf(variables);
  }

  public static Bounds of(List<String> words) {
    return new Bounds(words, Map.of(), Map.of(), Map.of());
  }
}
