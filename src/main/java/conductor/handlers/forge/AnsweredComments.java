package conductor.handlers.forge;

import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The comments of reviews that a run answered: a forge may show its answers late, and nothing is
 * answered twice. Kept beside the journal: a reply that is replayed is not looked at again.
 */
final class AnsweredComments {

  private final Path directory;

  /**
   * @param directory of the run, for a file each pull request
   */
  AnsweredComments(Path directory) {
    this.directory = directory;
  }

  /** The ids of those on one pull request. */
  record Answered(int v, String url, List<String> ids) {
    static final int FORMAT = 1;
  }

  private Path file(String url) {
    return directory.resolve(FileName.of(url) + ".answered.json");
  }

  private List<String> ids(String url) {
    return StateJson.find(file(url), Answered.class, Answered.FORMAT)
        .map(Answered::ids)
        .orElse(List.of());
  }

  /** Their ids on a pull request. */
  synchronized Set<String> on(String url) {
    return Set.copyOf(ids(url));
  }

  /** Keeps one. */
  synchronized void add(String url, String id) {
    var ids = new ArrayList<String>(ids(url));
    if (!ids.contains(id)) {
      ids.add(id);
      AtomicFile.write(file(url), StateJson.pretty(new Answered(Answered.FORMAT, url, ids)));
    }
  }
}
