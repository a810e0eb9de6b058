package conductor.handlers.forge.project;

import conductor.handlers.forge.Forge;
import conductor.handlers.git.Git;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the pull requests of one repository are kept. Immutable. */
public interface Place {

  /** Returns the forge and the place, in a line for people. */
  String about();

  /** Returns where people look at a pull request by its number, in a few words. */
  String pull(String number);

  /** Returns whether its branches are in another repository, which was forked from it. */
  boolean isForked();

  /**
   * Returns where the token for it comes from, such as a variable's name; empty when there is none.
   */
  Optional<String> tokenSource() throws InterruptedException;

  /**
   * Returns the forge for the repository.
   *
   * @param project git where the pull requests are asked for
   * @param waiting told what is waited for
   */
  Forge forge(Git project, Consumer<String> waiting) throws InterruptedException;
}
