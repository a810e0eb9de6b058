package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks remotes about their branches. A remote's default branch is asked for once, its commits each
 * time. Waits ten seconds at most for each answer. Safe for use by several threads.
 */
public final class Remotes {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SYMBOLIC = "ref: refs/heads/";

  private final Map<String, Optional<String>> defaults = new ConcurrentHashMap<>();
  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  private static String key(Repository repository, String remote) {
    return repository.main() + " " + remote;
  }

  /**
   * Returns the default branch of a remote as the remote reports it; where the remote cannot be
   * reached, as it was when the repository was cloned; empty when neither is known.
   */
  public Optional<String> defaultBranch(Repository repository, String remote)
      throws InterruptedException {
    String key = key(repository, remote);
    if (!defaults.containsKey(key)) {
      defaults.put(key, asked(repository, remote));
    }
    return defaults.getOrDefault(key, Optional.empty());
  }

  private Optional<String> asked(Repository repository, String remote) throws InterruptedException {
    Optional<String> answer = head(repository, remote);
    if (answer.isEmpty()) {
      unreachable.add(key(repository, remote));
      String prefix = Remote.tracking(remote, "");
      return repository
          .git()
          .reader()
          .target(prefix + "HEAD")
          .map(ref -> ref.substring(prefix.length()));
    }
    String commit = "";
    Optional<String> branch = Optional.empty();
    for (String line : answer.get().lines().toList()) {
      if (line.startsWith(SYMBOLIC)) {
        branch = Optional.of(line.substring(SYMBOLIC.length(), line.indexOf('\t')));
      } else {
        commit = line.split("\t", 2)[0];
      }
    }
    if (branch.isPresent()
        && repository
            .git()
            .reader()
            .commit(Remote.tracking(remote, branch.get()))
            .equals(Optional.of(commit))) {
      fresh.add(key(repository, remote) + " " + branch.get());
    }
    return branch;
  }

  /** Returns whether the remote did not answer when it was asked for its default branch. */
  public boolean isUnreachable(Repository repository, String remote) {
    return unreachable.contains(key(repository, remote));
  }

  /**
   * Fetches a branch. Does not connect when the default branch was just found up to date, or the
   * remote was just found unreachable.
   *
   * @return whether the remote-tracking ref is now as at the remote
   */
  public boolean fetch(Repository repository, String remote, String branch)
      throws InterruptedException {
    String key = key(repository, remote);
    if (fresh.remove(key + " " + branch)) {
      return true;
    }
    if (unreachable.remove(key)) {
      return false;
    }
    try {
      return remote(repository, remote).fetch(branch).ok();
    } catch (GitFailure.GitError e) {
      return false;
    }
  }

  private static Remote remote(Repository repository, String name) {
    return new Remote(repository.git().limited(LIMIT), name);
  }

  /** Asks whether a remote has a branch; false also when it cannot be reached. */
  public boolean hasBranch(Repository repository, String remote, String branch)
      throws InterruptedException {
    return isAt(repository, remote, branch).isPresent();
  }

  /** Asks for the commit of a remote's branch; empty also when the remote cannot be reached. */
  public static Optional<String> isAt(Repository repository, String remote, String branch)
      throws InterruptedException {
    try {
      return remote(repository, remote).commit(branch);
    } catch (GitFailure.GitError e) {
      return Optional.empty();
    }
  }

  private static Optional<String> head(Repository repository, String remote)
      throws InterruptedException {
    try {
      Command.Ended ended = remote(repository, remote).run("ls-remote", "--symref", remote, "HEAD");
      return ended.ok() ? Optional.of(ended.out()) : Optional.empty();
    } catch (GitFailure.GitError e) {
      return Optional.empty();
    }
  }
}
