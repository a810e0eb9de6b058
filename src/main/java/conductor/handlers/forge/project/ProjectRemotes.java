package conductor.handlers.forge.project;

import conductor.handlers.forge.RemoteAddress;
import conductor.handlers.git.Git;
import conductor.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The remotes of a project, from which the place of its pull requests is derived. Immutable.
 *
 * @param git git in the project
 * @param names the names of all remotes; empty outside of a repository
 */
public record ProjectRemotes(Git git, List<String> names) {

  /** The name of the remote for the repository that the project was forked from. */
  public static final String UPSTREAM = "upstream";

  private static final String USUAL = "origin";

  public ProjectRemotes {
    names = List.copyOf(names);
  }

  static ProjectRemotes of(Git git) throws InterruptedException {
    Command.Ended listed = git.run("remote");
    return new ProjectRemotes(git, listed.ok() ? listed.out().lines().toList() : List.of());
  }

  /** Returns whether one remote is clearly the project's own: {@code origin}, or the only one. */
  public boolean hasOwn() {
    return names.contains(USUAL) || names.size() == 1;
  }

  /** Returns the url or path of the project's own repository; empty when that is ambiguous. */
  public Optional<String> ownUrl() throws InterruptedException {
    return hasOwn()
        ? Optional.of(url(names.contains(USUAL) ? USUAL : names.getFirst()))
        : Optional.empty();
  }

  /** Returns the address of the project's own repository; empty also when it is on this host. */
  public Optional<RemoteAddress> own() throws InterruptedException {
    return ownUrl().flatMap(RemoteAddress::of);
  }

  /** Returns the address of the repository that the project was forked from; empty for none. */
  public Optional<RemoteAddress> upstream() throws InterruptedException {
    return names.contains(UPSTREAM) ? RemoteAddress.of(url(UPSTREAM)) : Optional.empty();
  }

  private String url(String remote) throws InterruptedException {
    return git.must("remote", "get-url", remote).lines().findFirst().orElse("");
  }

  /** Returns the names and urls of all remotes for messages, without logins. */
  public String told() throws InterruptedException {
    var told = new ArrayList<String>();
    for (String remote : names) {
      told.add(remote + " at " + url(remote).replaceFirst("://[^@/]*@", "://"));
    }
    return String.join(", ", told);
  }
}
