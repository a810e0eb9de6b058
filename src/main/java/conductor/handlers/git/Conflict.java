package conductor.handlers.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A path that a merge left in conflict.
 *
 * @param path relative to the worktree
 * @param kind the kind of conflict in words, such as {@code binary} or {@code modify/delete}
 * @param stages the ids of the blobs by stage: 1 is the base, 2 ours, 3 theirs; a stage that does
 *     not exist is missing
 */
public record Conflict(String path, String kind, Map<Integer, String> stages) {

  private record Stage(String mode, String id) {}

  /** Returns the conflicts of a worktree, in the order of their paths. */
  public static List<Conflict> of(Git git) throws InterruptedException {
    var byPath = new LinkedHashMap<String, Map<Integer, Stage>>();
    for (String item : git.items("ls-files", "--unmerged", "-z")) {
      int tab = item.indexOf('\t');
      String[] fields = item.substring(0, tab).split(" ", 3);
      byPath
          .computeIfAbsent(item.substring(tab + 1), _ -> new LinkedHashMap<>())
          .put(Integer.parseInt(fields[2]), new Stage(fields[0], fields[1]));
    }
    var conflicts = new ArrayList<Conflict>();
    for (var entry : byPath.entrySet()) {
      var ids = new LinkedHashMap<Integer, String>();
      entry.getValue().forEach((number, stage) -> ids.put(number, stage.id()));
      conflicts.add(new Conflict(entry.getKey(), kind(git, entry.getValue()), ids));
    }
    return conflicts;
  }

  private static String kind(Git git, Map<Integer, Stage> stages) throws InterruptedException {
    var modes = stages.values().stream().map(Stage::mode).distinct().toList();
    if (modes.contains("160000")) {
      return "submodule";
    }
    if (modes.contains("120000")) {
      return "link";
    }
    Stage base = stages.get(1);
    Stage ours = stages.get(2);
    Stage theirs = stages.get(3);
    if (ours == null && theirs == null) {
      return "rename";
    }
    if (ours == null || theirs == null) {
      return base == null ? "file/directory or rename" : "modify/delete";
    }
    if (isBinary(git, ours.id()) || isBinary(git, theirs.id())) {
      return "binary";
    }
    if (!ours.mode().equals(theirs.mode()) && ours.id().equals(theirs.id())) {
      return "mode";
    }
    return base == null ? "add/add" : "content";
  }

  private static boolean isBinary(Git git, String blob) throws InterruptedException {
    return git.reader().blob(blob).orElse("").indexOf('\0') >= 0;
  }

  /** Returns the path, followed by the kind in parentheses unless that is {@code content}. */
  public String shown() {
    return kind.equals("content") ? path : path + " (" + kind + ")";
  }
}
