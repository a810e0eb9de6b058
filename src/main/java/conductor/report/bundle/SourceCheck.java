package conductor.report.bundle;

import conductor.state.HashedInput.Hash;
import conductor.workflow.PinnedFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Holds the files that a run keeps of its start against their digests. */
final class SourceCheck {

  private static final String DIRECTORY = "source/";
  private static final String GONE = "it is gone, and the run began with it";

  /** What was not changed has its hash, what held secrets an empty one. */
  private final Map<String, String> files = new TreeMap<>();

  private final Map<String, String> digests = new TreeMap<>();

  static boolean holds(String path) {
    return path.startsWith(DIRECTORY);
  }

  /** Returns whether a file of the source has the digests of others. */
  static boolean isDigests(String path) {
    return holds(path) && path.endsWith("/" + PinnedFiles.NAME);
  }

  void digests(String path, PinnedFiles pinned) {
    String directory = path.substring(0, path.length() - PinnedFiles.NAME.length());
    pinned.files().forEach((name, digest) -> digests.put(directory + name, digest));
  }

  void take(String path, Hash hash, boolean redacted) {
    files.put(path, redacted ? "" : hash.sha256());
  }

  void problems(BiConsumer<String, String> wrong) {
    if (!files.containsKey(DIRECTORY + "run.json")) {
      digests.remove(DIRECTORY + "run.json");
      wrong.accept(DIRECTORY + "run.json", GONE);
    }
    digests.forEach((path, digest) -> {
      String found = files.get(path);
      if (found == null) {
        wrong.accept(path, GONE);
      } else if (!found.isEmpty() && !found.equals(digest)) {
        wrong.accept(path, "it is not what the run began with");
      }
    });
  }
}
