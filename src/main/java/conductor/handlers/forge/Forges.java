package conductor.handlers.forge;

import conductor.handlers.git.Git;
import java.util.function.Consumer;

/** Chooses the forge that keeps a repository's pull requests. */
public interface Forges {

  /**
   * Returns the forge of the repository that a directory belongs to.
   *
   * @param git git in the directory
   * @param waiting receives a message before each wait for the forge, because of a rate limit or a
   *     missing answer
   */
  Forge of(Git git, Consumer<String> waiting) throws InterruptedException;

  /**
   * Returns the forge that keeps a pull request or an issue.
   *
   * @param url the url or number of the pull request or issue
   * @param project git in the directory that the run was started in
   * @param waiting receives a message before each wait for the forge
   */
  Forge of(String url, Git project, Consumer<String> waiting) throws InterruptedException;
}
