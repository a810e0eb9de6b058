package conductor.simulation;

import conductor.effect.GitEffect;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells how files differ, as {@code Diff} does. Of a file that changed all lines are told, those
 * before and those after; lines that stayed are not found.
 */
record FileChanges(Map<String, String> before, Map<String, String> after) {

  String told(GitEffect.Diff how) {
    List<String> paths = SimulatedRepository.changed(before, after);
    return paths.stream()
        .map(path ->
            Boolean.TRUE.equals(how.names())
                ? path + "\n"
                : Boolean.TRUE.equals(how.stat()) ? counted(path) : shown(path))
        .collect(Collectors.joining());
  }

  private String counted(String path) {
    return " %s | %d\n".formatted(path, lines(before, path).count() + lines(after, path).count());
  }

  private String shown(String path) {
    String from = before.containsKey(path) ? "a/" + path : "/dev/null";
    String to = after.containsKey(path) ? "b/" + path : "/dev/null";
    return "diff --git a/%s b/%s\n--- %s\n+++ %s\n".formatted(path, path, from, to)
        + Stream.concat(
                lines(before, path).map(line -> "-" + line + "\n"),
                lines(after, path).map(line -> "+" + line + "\n"))
            .collect(Collectors.joining());
  }

  private static Stream<String> lines(Map<String, String> files, String path) {
    return files.getOrDefault(path, "").lines();
  }
}
