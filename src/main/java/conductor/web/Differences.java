package conductor.web;

import conductor.effect.GitFailure;
import conductor.error.UserError;
import conductor.handlers.git.Diff;
import conductor.handlers.git.Git;
import conductor.state.LruCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What differs between two commits. It is read once, as commits do not change. Safe for use by
 * several threads.
 */
final class Differences {

  private static final int KEPT = 30;
  private static final Diff NONE = new Diff(List.of(), false);

  private final Git git;
  private final LruCache<Asked, Diff> known = new LruCache<>(KEPT);

  /** Creates the reader, given git in some directory. */
  Differences(Git git) {
    this.git = git;
  }

  private record Asked(Path repository, String from, String to) {}

  /**
   * A difference as it was read: texts as they are, secrets too.
   *
   * @param why there is none to show; empty when there is
   */
  record Found(Diff diff, String why) {

    static Found none(String why) {
      return new Found(NONE, why);
    }
  }

  Found of(Path repository, String from, String to) throws InterruptedException {
    if (!Files.isDirectory(repository)) {
      return Found.none("its repository is gone or was moved");
    }
    try {
      Diff diff = read(new Asked(repository, from, to));
      return new Found(diff, diff.files().isEmpty() ? "nothing is changed" : "");
    } catch (GitFailure.GitError e) {
      return Found.none(e.reason);
    } catch (GitFailure | UserError e) {
      return Found.none(String.valueOf(e.getMessage()));
    }
  }

  private Diff read(Asked asked) throws InterruptedException {
    Diff diff = known.get(asked);
    if (diff == null) {
      diff = git.at(asked.repository()).reader().difference(asked.from(), asked.to());
      known.put(asked, diff);
    }
    return diff;
  }
}
