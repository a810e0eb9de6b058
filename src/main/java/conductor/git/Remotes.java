package conductor.git;

import conductor.process.CannotRun;
import conductor.process.Command;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What remotes say of their branches. A remote's default branch is asked for once, its commits each
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
   * Returns the default branch of a remote, as the remote says; where it cannot be reached, as it
   * was when the repository was cloned.
   */
  public Optional<String> defaultBranch(Repository repository, String remote)
      throws InterruptedException {
    String key = key(repository, remote);
    Optional<String> known = defaults.get(key);
    if (known != null) {
      return known;
    }
    Optional<String> branch = asked(repository, remote);
    defaults.put(key, branch);
    return branch;
  }

  private Optional<String> asked(Repository repository, String remote) throws InterruptedException {
    Optional<String> answer = ask(repository, remote, "--symref", remote, "HEAD");
    if (answer.isEmpty()) {
      unreachable.add(key(repository, remote));
      return cloned(repository, remote);
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
    if (branch.isPresent() && isKnown(repository, remote, branch.get(), commit)) {
      fresh.add(key(repository, remote) + " " + branch.get());
    }
    return branch;
  }

  private static boolean isKnown(Repository repository, String remote, String branch, String commit)
      throws InterruptedException {
    return repository
        .git()
        .commit("refs/remotes/" + remote + "/" + branch)
        .equals(Optional.of(commit));
  }

  private static Optional<String> cloned(Repository repository, String remote)
      throws InterruptedException {
    String prefix = "refs/remotes/" + remote + "/";
    Command.Ended known = repository.git().run("symbolic-ref", "--quiet", prefix + "HEAD");
    return known.ok()
        ? Optional.of(known.out().strip().substring(prefix.length()))
        : Optional.empty();
  }

  /**
   * Fetches a branch.
   *
   * @return whether the branch that is known now is the remote's
   */
  boolean fetch(Repository repository, String remote, String branch) throws InterruptedException {
    String key = key(repository, remote);
    if (fresh.remove(key + " " + branch)) {
      return true;
    }
    if (unreachable.remove(key)) {
      return false;
    }
    String refs = "+refs/heads/%s:refs/remotes/%s/%s".formatted(branch, remote, branch);
    try {
      return new Remote(repository.git(), remote)
          .run(
              LIMIT,
              "fetch",
              "--no-tags",
              "--no-prune",
              "--no-recurse-submodules",
              "--no-write-fetch-head",
              "--quiet",
              remote,
              refs)
          .ok();
    } catch (CannotRun e) {
      return false;
    }
  }

  /** Returns whether a remote has a branch; false too when it cannot be reached. */
  boolean hasBranch(Repository repository, String remote, String branch)
      throws InterruptedException {
    return ask(repository, remote, remote, "refs/heads/" + branch)
        .filter(text -> !text.isBlank())
        .isPresent();
  }

  private static Optional<String> ask(Repository repository, String remote, String... words)
      throws InterruptedException {
    var all = new String[words.length + 1];
    all[0] = "ls-remote";
    System.arraycopy(words, 0, all, 1, words.length);
    try {
      Command.Ended ended = new Remote(repository.git(), remote).run(LIMIT, all);
      return ended.ok() ? Optional.of(ended.out()) : Optional.empty();
    } catch (CannotRun e) {
      return Optional.empty();
    }
  }
}
