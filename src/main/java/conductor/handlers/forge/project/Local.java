package conductor.handlers.forge.project;

import conductor.handlers.forge.Forge;
import conductor.handlers.forge.local.LocalForge;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.git.Git;
import conductor.handlers.worktree.RepositoryLocks;
import java.util.function.Consumer;

/**
 * The known forge on this host, which can keep the pull requests of any repository and is never
 * found by a remote.
 */
final class Local implements KnownForge {

  @Override
  public String name() {
    return "local";
  }

  @Override
  public String title() {
    return "this host";
  }

  @Override
  public Sites sites(HostParts host) {
    return new Sites() {};
  }

  /** Returns the place for repositories that belong to no other forge. */
  ForgePlace place(HostParts host) {
    return new Here(
        name() + ": pull requests are kept on " + title(),
        new PullRequests(host.places().state()),
        new RepositoryLocks(host.places().state(), host.locks()),
        host);
  }

  private record Here(String about, PullRequests pulls, RepositoryLocks locks, HostParts host)
      implements ForgePlace {

    @Override
    public String pull(String number) {
      return "pull request " + number + " on this host";
    }

    @Override
    public Forge forge(Git project, Consumer<String> waiting) {
      return new LocalForge(pulls, locks, project, host.clock(), waiting);
    }
  }
}
