package conductor.handlers.forge.project;

import conductor.effect.ForgeFailure;
import conductor.handlers.git.Credentials;
import java.util.Optional;

/**
 * Finds the places on one forge for repositories and references, according to a project's settings,
 * and supplies the logins for its remotes. As it is, finds none. Safe for use by several threads.
 */
public interface Sites extends Credentials {

  /** Returns the place of a repository's pull requests if its remotes belong to this forge. */
  default Optional<ForgePlace> place(ProjectRemotes remotes) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Returns the place of a pull request or issue if its reference contains the repository and
   * belongs to this forge; empty otherwise.
   *
   * @param reference the url of its page, or a short form with the repository's name
   * @throws ForgeFailure.ForgeDenied when the reference has the form of a page of this forge, but
   *     its site is not configured
   */
  default Optional<ForgePlace> place(String reference) {
    return Optional.empty();
  }

  /**
   * Returns the failure for a project whose configuration names this forge, but whose remotes do
   * not belong to it; empty when that is no error, or a later error reports it.
   */
  default Optional<ForgeFailure> missing(ProjectRemotes remotes) throws InterruptedException {
    return Optional.empty();
  }

  @Override
  default Optional<Login> of(String url) throws InterruptedException {
    return Optional.empty();
  }
}
