package conductor.handlers.git;

import java.util.Optional;

/** The logins for remotes that are reached by http or https. */
public interface Credentials {

  /** A user name with the password or token for it. {@code toString} never shows the password. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login of " + user;
    }
  }

  /**
   * Returns the login for a remote; empty to leave the login to git and its own helpers.
   *
   * @param url the remote's http or https url, after the user's {@code insteadOf}
   */
  Optional<Login> of(String url) throws InterruptedException;

  /** Replaces a login that the remote refused; returns whether there is another login now. */
  default boolean renewed(String url, Login old) throws InterruptedException {
    return false;
  }

  /** Returns credentials that have no login, so that git uses its own helpers. */
  static Credentials none() {
    return _ -> Optional.empty();
  }
}
