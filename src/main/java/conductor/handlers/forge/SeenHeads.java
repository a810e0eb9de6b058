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
 * The commits of pull requests that a run judged, which alone it merges. Kept beside its journal: a
 * reply that is replayed is not looked at again.
 */
final class SeenHeads {

  private final Path directory;

  /**
   * @param directory of the run, for a file each
   */
  SeenHeads(Path directory) {
    this.directory = directory;
  }

  /**
   * What was seen of one.
   *
   * @param head its commit
   * @param repo the repository whose branch it is; null when it is not known
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

  /** Keeps the commit of a pull request that the run opened. */
  void opened(PRHandle pr, Path repo) {
    write(new Seen(Seen.FORMAT, pr.url(), pr.head(), repo));
  }

  /** Keeps the commit of a pull request whose checks were judged. */
  void judged(PRHandle pr) {
    write(new Seen(Seen.FORMAT, pr.url(), pr.head(), find(pr.url()).map(Seen::repo).orElse(null)));
  }

  private void write(Seen seen) {
    AtomicFile.write(file(seen.url()), StateJson.pretty(seen));
  }

  /**
   * Returns the commits at which a pull request may be merged: the handle's, the one that was
   * judged, and what was committed or pushed to its branch here. Empty when none is known.
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
