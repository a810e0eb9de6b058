package conductor.handlers.git;

import conductor.process.Command;
import java.nio.file.Files;

/**
 * What a checkout in a worktree depends on, by one question to git.
 *
 * @param hooks whether git may find a {@code post-checkout} hook to run: a file in the usual place,
 *     or settings that name hooks or another place for them; true also when that is not certain
 * @param workers whether {@code checkout.workers} is set
 */
public record CheckoutSettings(boolean hooks, boolean workers) {

  private static final String WORKERS = "checkout.workers";
  private static final String SETTINGS = "^(core\\.hookspath|hook\\..*|checkout\\.workers)$";
  private static final int NONE = 1;

  /** Reads the settings of a worktree; git is in its top directory. */
  public static CheckoutSettings of(Git git) throws InterruptedException {
    Command.Ended set = git.run("config", "--name-only", "--get-regexp", SETTINGS);
    boolean known = set.ok() || set.code() == NONE;
    return new CheckoutSettings(
        !known || set.out().lines().anyMatch(name -> !name.equals(WORKERS)) || hasHook(git),
        set.out().lines().anyMatch(WORKERS::equals));
  }

  private static boolean hasHook(Git git) {
    return GitDirectories.readable(git.directory())
        .map(directories -> Files.exists(directories.common().resolve("hooks/post-checkout")))
        .orElse(true);
  }

  /**
   * Returns git that checks files out by several processes, unless the user says by how many. Git
   * uses one if it is not told otherwise, and several for a hundred files and more only.
   */
  public Git apply(Git git) {
    int several = Math.min(8, Runtime.getRuntime().availableProcessors());
    return workers ? git : git.set(WORKERS, String.valueOf(several));
  }
}
