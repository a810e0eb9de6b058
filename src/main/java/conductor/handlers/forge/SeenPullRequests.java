package conductor.handlers.forge;

import conductor.effect.PRHandle;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnCommits;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of the pull requests that a run saw: their commits when the run opened them or waited for
 * their checks, as it merges only these and its own; and the review comments that it answered, as
 * none is answered twice even if the forge shows an answer late. Kept in files beside the journal,
 * because a replayed reply is not examined again.
 *
 * @param directory a directory of the run, for two files per pull request
 */
record SeenPullRequests(Path directory) {

  private static final int FORMAT = 1;

  /**
   * The commit of one pull request.
   *
   * @param repo the main worktree of the repository that has the branch; null when it is not known
   */
  record Seen(int v, String url, @Nullable String head, @Nullable Path repo) {}

  /** The ids of the answered comments on one pull request. */
  record Answered(int v, String url, List<String> ids) {}

  private Path file(String url, String ending) {
    return directory.resolve(FileName.of(url) + ending);
  }

  private Optional<Seen> find(String url) {
    return StateJson.find(file(url, ".json"), Seen.class, FORMAT);
  }

  /** Records the commit of a pull request that the run opened. */
  void opened(PRHandle pr, @Nullable Path repo) {
    var seen = new Seen(FORMAT, pr.url(), pr.head(), repo);
    AtomicFile.write(file(pr.url(), ".json"), StateJson.pretty(seen));
  }

  /** Records the commit of a pull request whose checks the run waited for. */
  void judged(PRHandle pr) {
    opened(pr, find(pr.url()).map(Seen::repo).orElse(null));
  }

  /**
   * Returns the commits at which a pull request may be merged: the handle's, the recorded one, and
   * those that were committed or pushed to its branch from here. Empty when neither the handle nor
   * the record has a commit.
   */
  Set<String> heads(PRHandle pr, Git project) throws InterruptedException {
    Optional<Seen> seen = find(pr.url());
    var heads = new HashSet<String>();
    Optional.ofNullable(pr.head()).ifPresent(heads::add);
    seen.map(Seen::head).ifPresent(heads::add);
    if (heads.isEmpty()) {
      return heads;
    }
    heads.addAll(OwnCommits.of(project, pr.branch()));
    Optional<Path> repo = seen.map(Seen::repo).filter(Files::isDirectory);
    if (repo.isPresent()) {
      heads.addAll(OwnCommits.of(project.at(repo.get()), pr.branch()));
    }
    return heads;
  }

  /** Returns the ids of the answered comments on a pull request. */
  synchronized List<String> answers(String url) {
    return StateJson.find(file(url, ".answered.json"), Answered.class, FORMAT)
        .map(Answered::ids)
        .orElse(List.of());
  }

  /** Records that a comment was answered. */
  synchronized void answered(String url, String id) {
    var ids = new ArrayList<>(answers(url));
    if (!ids.contains(id)) {
      ids.add(id);
      var answered = new Answered(FORMAT, url, ids);
      AtomicFile.write(file(url, ".answered.json"), StateJson.pretty(answered));
    }
  }
}
