package conductor.handlers.forge;

import conductor.handlers.git.Git;
import java.util.function.Consumer;

/** Chooses the forge that keeps a repository's pull requests. */
public interface Forges {

  /**
   * Returns the forge of the repository that a directory belongs to.
   *
   * @param git in the directory
   * @param waiting told a line before the forge is waited for, because it limits how often it is
   *     asked, or does not answer
   */
  Forge of(Git git, Consumer<String> waiting) throws InterruptedException;

  /**
   * Returns the forge that keeps a pull request.
   *
   * @param url the pull request's
   * @param project git where the run was started
   */
  Forge of(String url, Git project, Consumer<String> waiting) throws InterruptedException;
}
