package conductor.handlers.forge.project;

import conductor.effect.ForgeFailure;
import conductor.handlers.git.Credentials;
import java.util.Optional;

/**
 * Where one forge keeps pull requests, as a project's settings say; also what the remotes that lead
 * there are logged in to with. Safe for use by several threads.
 */
public interface Sites extends Credentials {

  /** Returns where the pull requests of a repository are, when its remotes lead to this forge. */
  Optional<Place> place(ProjectRemotes remotes) throws InterruptedException;

  /**
   * Returns where a pull request or an issue is that is named with its repository, when it is one
   * of this forge.
   *
   * @param reference its page, or a short form that names the repository too
   * @throws ForgeFailure.ForgeDenied when it has the form of one, and its site is not configured
   */
  Optional<Place> place(String reference);

  /**
   * Why a project that asks for this forge cannot have it, as its remotes lead elsewhere; empty
   * where it can do without, or a later error says it.
   */
  Optional<ForgeFailure> missing(ProjectRemotes remotes) throws InterruptedException;
}
