package conductor.handlers.git;

import java.util.Optional;

/** Knows how to log in to remotes that are reached by http. */
public interface Credentials {

  /** What a remote is logged in to with. Never printed. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login of " + user;
    }
  }

  /**
   * Returns the login for a remote.
   *
   * @param url as git uses it, http or https
   * @return empty to leave it to git and its own helpers
   */
  Optional<Login> of(String url) throws InterruptedException;

  /**
   * Asks for a login anew where one is no longer accepted.
   *
   * @return whether there is another one now
   */
  default boolean renewed(String url, Login old) throws InterruptedException {
    return false;
  }

  /** Leaves everything to git. */
  static Credentials none() {
    return _ -> Optional.empty();
  }
}
