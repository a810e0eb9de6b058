package conductor.handlers.forge.project;

import conductor.handlers.forge.RemoteAddress;
import conductor.handlers.git.Git;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The remotes of a project, as far as they say where its pull requests are kept. Immutable.
 *
 * @param names of all of them; none outside of a repository
 */
public record ProjectRemotes(Git git, List<String> names) {

  /** The remote that leads to the repository that the project was forked from. */
  public static final String UPSTREAM = "upstream";

  private static final String USUAL = "origin";

  public ProjectRemotes {
    names = List.copyOf(names);
  }

  static ProjectRemotes of(Git git) throws InterruptedException {
    return new ProjectRemotes(
        git, git.is("rev-parse", "--git-dir") ? git.lines("remote") : List.of());
  }

  /** Returns whether one of them is the project's own without doubt. */
  public boolean hasOwn() {
    return names.contains(USUAL) || names.size() == 1;
  }

  /** Returns the url of the project's own repository, or its path; empty where that is in doubt. */
  public Optional<String> ownUrl() throws InterruptedException {
    return hasOwn()
        ? Optional.of(url(names.contains(USUAL) ? USUAL : names.getFirst()))
        : Optional.empty();
  }

  /**
   * Returns where the project's own repository is; empty where that is in doubt, or on this host.
   */
  public Optional<RemoteAddress> own() throws InterruptedException {
    return ownUrl().flatMap(RemoteAddress::of);
  }

  /** Returns where the repository is that the project was forked from. */
  public Optional<RemoteAddress> upstream() throws InterruptedException {
    return names.contains(UPSTREAM) ? RemoteAddress.of(url(UPSTREAM)) : Optional.empty();
  }

  private String url(String remote) throws InterruptedException {
    return git.must("remote", "get-url", remote).lines().findFirst().orElse("");
  }

  /** Returns where they lead to, for people. */
  public String told() throws InterruptedException {
    var told = new ArrayList<String>();
    for (String remote : names) {
      told.add(remote + " at " + url(remote).replaceFirst("://[^@/]*@", "://"));
    }
    return String.join(", ", told);
  }
}
