package conductor.app;

import conductor.forge.Forge;
import conductor.forge.Forges;
import conductor.forge.LocalForge;
import conductor.forge.PullRequests;
import conductor.git.Git;
import conductor.git.RepositoryLocks;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The forges there are, chosen by a repository's remote and the configuration. */
public final class ProjectForges implements Forges {

  private final PullRequests pulls;
  private final RepositoryLocks locks;
  private final InstantSource clock;

  public ProjectForges(StateDirectory state, Locks locks, InstantSource clock) {
    this.pulls = new PullRequests(state);
    this.locks = new RepositoryLocks(state, locks);
    this.clock = clock;
  }

  @Override
  public Forge of(Git git, Consumer<String> waiting) {
    return new LocalForge(pulls, locks, git, clock);
  }

  @Override
  public Forge of(String url, Git project, Consumer<String> waiting) {
    return of(project, waiting);
  }
}
