package conductor.handlers.forge;

import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Records the review comments that a run answered, so that none is answered twice even if the forge
 * shows an answer late. Kept in files beside the journal, because a replayed reply is not examined
 * again.
 */
final class AnsweredComments {

  private final Path directory;

  /**
   * @param directory a directory of the run, for one file per pull request
   */
  AnsweredComments(Path directory) {
    this.directory = directory;
  }

  /** The ids of the answered comments on one pull request. */
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

  /** Returns the ids of the answered comments on a pull request. */
  synchronized Set<String> on(String url) {
    return Set.copyOf(ids(url));
  }

  /** Records that a comment was answered. */
  synchronized void add(String url, String id) {
    var ids = new ArrayList<String>(ids(url));
    if (!ids.contains(id)) {
      ids.add(id);
      AtomicFile.write(file(url), StateJson.pretty(new Answered(Answered.FORMAT, url, ids)));
    }
  }
}
