package conductor.handlers.forge.project;

import conductor.handlers.forge.Forge;
import conductor.handlers.git.Git;
import java.util.Optional;
import java.util.function.Consumer;

/** The place where the pull requests of one repository are kept. Immutable. */
public interface ForgePlace {

  /** Returns the forge and the place as one line for messages. */
  String about();

  /** Returns a phrase that tells where the pull request of a number can be seen. */
  String pull(String number);

  /** Returns whether the branches are in a fork of the repository. */
  default boolean isForked() {
    return false;
  }

  /** Returns the origin of the token, such as a variable's name; empty when there is no token. */
  default Optional<String> tokenSource() throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Returns the forge for the repository.
   *
   * @param project git in the directory of the caller
   * @param waiting receives a message before each wait for the forge
   */
  Forge forge(Git project, Consumer<String> waiting) throws InterruptedException;
}
