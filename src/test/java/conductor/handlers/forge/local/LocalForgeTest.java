package conductor.handlers.forge.local;

import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.ForgeContract;
import conductor.handlers.forge.Workplace;
import conductor.handlers.worktree.RepositoryLocks;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The contract of forges on the one that needs no server. */
class LocalForgeTest extends ForgeContract {

  private StateDirectory state() {
    return new StateDirectory(temp.resolve("state"));
  }

  @Override
  protected Workplace place() throws Exception {
    return new Workplace(temp, temp.resolve("origin.git"));
  }

  @Override
  protected Forge forge() {
    return new LocalForge(
        new PullRequests(state()),
        new RepositoryLocks(state(), new Locks()),
        place.git(),
        InstantSource.system(),
        _ -> {});
  }

  @Override
  protected String missing() {
    return Path.of(new PullRequests(state()).url(place.repo, 99)).toString();
  }

  @Override
  protected boolean requireACheck() {
    return false;
  }

  @Override
  protected List<String> comments(PRHandle pr) {
    return new PullRequests(state())
        .of(place.repo).stream()
            .filter(one -> one.url().equals(pr.url()))
            .flatMap(one -> one.said().stream())
            .map(PullRequest.Comment::body)
            .toList();
  }
}
