package conductor.handlers.forge;

import conductor.effect.PRHandle;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnCommits;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records the commits of pull requests that a run opened or whose checks it waited for; the run
 * merges only these and its own. Kept in files beside the journal, because a replayed reply is not
 * examined again.
 */
final class SeenHeads {

  private final Path directory;

  /**
   * @param directory a directory of the run, for one file per pull request
   */
  SeenHeads(Path directory) {
    this.directory = directory;
  }

  /**
   * The record of one pull request.
   *
   * @param head the commit that was seen
   * @param repo the main worktree of the repository that has the branch; null when it is not known
   */
  record Seen(int v, String url, @Nullable String head, @Nullable Path repo) {
    static final int FORMAT = 1;
  }

  private Path file(String url) {
    return directory.resolve(FileName.of(url) + ".json");
  }

  private Optional<Seen> find(String url) {
    return StateJson.find(file(url), Seen.class, Seen.FORMAT);
  }

  /** Records the commit of a pull request that the run opened. */
  void opened(PRHandle pr, Path repo) {
    write(new Seen(Seen.FORMAT, pr.url(), pr.head(), repo));
  }

  /** Records the commit of a pull request whose checks the run waited for. */
  void judged(PRHandle pr) {
    write(new Seen(Seen.FORMAT, pr.url(), pr.head(), find(pr.url()).map(Seen::repo).orElse(null)));
  }

  private void write(Seen seen) {
    AtomicFile.write(file(seen.url()), StateJson.pretty(seen));
  }

  /**
   * Returns the commits at which a pull request may be merged: the handle's, the recorded one, and
   * those that were committed or pushed to its branch from here. Empty when neither the handle nor
   * the record has a commit.
   */
  Set<String> of(PRHandle pr, Git project) throws InterruptedException {
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
}
