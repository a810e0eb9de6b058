package conductor.web;

import conductor.handlers.forge.local.PullRequest;
import conductor.state.FileCache;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pull requests that this host keeps, each read again only when its file has changed. Safe for
 * use by several threads.
 */
final class PullRecords {

  /** The end of the files of comments that were answered, which lie beside the records. */
  private static final String ANSWERED = ".answered.json";

  /** Of how many it keeps what was read: more than a page can be looked through for. */
  private static final int MOST = 100_000;

  private final StateDirectory state;
  private final Map<Path, String> urls = new HashMap<>();
  private final FileCache<Kept> known = new FileCache<>(MOST, PullRecords::read);

  PullRecords(StateDirectory state) {
    this.state = state;
  }

  /** What a run's record of a pull request that it opened, or waited for, says of it. */
  private record Opened(String url) {}

  /** A file as it was read: a pull request, or what is wrong with it. */
  private record Kept(@Nullable PullRequest pull, String wrong) {}

  /**
   * All pull requests.
   *
   * @param byUrl those that can be read
   * @param unreadable what is wrong with the others, a line each
   */
  record Found(Map<String, PullRequest> byUrl, List<String> unreadable) {

    /** Returns the link to the pull request of a url. */
    PullLink link(String url) {
      return PullLink.of(url, byUrl.get(url));
    }
  }

  synchronized Found find() {
    var byUrl = new LinkedHashMap<String, PullRequest>();
    var unreadable = new ArrayList<String>();
    for (Path directory : FileTree.in(state.pulls())) {
      for (Path file : StateJson.files(directory)) {
        Kept kept = known.of(file);
        if (kept.pull() == null) {
          unreadable.add(kept.wrong());
        } else {
          byUrl.put(kept.pull().url(), kept.pull());
        }
      }
    }
    return new Found(byUrl, unreadable);
  }

  private static Kept read(Path file) {
    try {
      return new Kept(StateJson.read(file, PullRequest.class, PullRequest.FORMAT), "");
    } catch (UnreadableState | UncheckedIOException e) {
      return new Kept(null, String.valueOf(e.getMessage()));
    }
  }

  /** Returns the urls of the pull requests that a run opened, or whose checks it waited for. */
  synchronized List<String> of(RunDirectory run) {
    var found = new ArrayList<String>();
    for (Path file : StateJson.files(run.pulls())) {
      if (!file.toString().endsWith(ANSWERED)) {
        url(file).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Returns the url in a file, which is named after it, so that it is read once. */
  private Optional<String> url(Path file) {
    String known = urls.get(file);
    if (known == null) {
      try {
        known = StateJson.read(file, Opened.class, 1).url();
        urls.put(file, known);
      } catch (UnreadableState | UncheckedIOException e) {
        return Optional.empty(); // the run itself says so when it needs it
      }
    }
    return Optional.of(known);
  }

  /** Returns the id of the run that opened a pull request; empty when a person did. */
  static Optional<String> run(PullRequest pull) {
    String run = pull.key().split(":", 2)[0];
    return run.startsWith("wf-") ? Optional.of(run) : Optional.empty();
  }
}
