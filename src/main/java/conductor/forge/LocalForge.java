package conductor.forge;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.WorktreeEnv;
import conductor.git.Git;
import conductor.git.Repository;
import conductor.git.RepositoryLocks;
import conductor.handler.Key;
import java.time.InstantSource;
import java.util.Optional;

/** Pull requests as files of the state directory, merged with git. Needs no server. */
public final class LocalForge implements Forge {

  private final PullRequests pulls;
  private final RepositoryLocks locks;
  private final Git git;
  private final InstantSource clock;

  /**
   * @param git git with the host's environment
   */
  public LocalForge(PullRequests pulls, RepositoryLocks locks, Git git, InstantSource clock) {
    this.pulls = pulls;
    this.locks = locks;
    this.git = git;
    this.clock = clock;
  }

  @Override
  public Optional<PRHandle> find(WorktreeEnv env, Key key) {
    return pulls.of(env.repo()).stream()
        .filter(pr -> pr.key().equals(key.toString()))
        .map(PullRequest::handle)
        .findFirst();
  }

  @Override
  public PRHandle open(Proposal proposal) throws InterruptedException {
    WorktreeEnv env = proposal.env();
    Git main = git.at(env.repo());
    String head = main.must("rev-parse", "refs/heads/" + env.branch());
    boolean pushed = Repository.of(main).remote().isPresent();
    return pulls
        .add(
            env.repo(),
            number ->
                new PullRequest(
                    PullRequest.FORMAT,
                    pulls.url(env.repo(), number),
                    number,
                    proposal.title(),
                    proposal.body(),
                    env.branch(),
                    proposal.target(),
                    proposal.draft() ? Status.DRAFT : Status.OPEN,
                    env.repo(),
                    head,
                    pushed,
                    proposal.labels(),
                    clock.instant(),
                    null,
                    null,
                    proposal.key().toString()))
        .handle();
  }

  @Override
  public PRHandle merge(PRHandle pr, MergeStrategy strategy, boolean deleteBranch, Key key)
      throws InterruptedException {
    PullRequest known = known(pr);
    return locks.locked(
        known.repo(),
        () -> {
          PullRequest now = known(pr); // another may have merged it meanwhile
          return switch (now.status()) {
            case MERGED -> now.handle();
            case CLOSED -> throw new ForgeFailure.NotMergeable(pr.url(), "it was closed");
            case OPEN, DRAFT -> merged(now, strategy, deleteBranch, key);
          };
        });
  }

  private PullRequest known(PRHandle pr) {
    return pulls.byUrl(pr.url()).orElseThrow(() -> new ForgeFailure.UnknownPullRequest(pr.url()));
  }

  private PRHandle merged(PullRequest pr, MergeStrategy strategy, boolean deleteBranch, Key key)
      throws InterruptedException {
    var merge = new LocalMerge(Repository.of(git.at(pr.repo())), pr, key);
    PullRequest merged = pr.merged(merge.run(strategy), clock.instant());
    pulls.write(merged);
    if (deleteBranch) {
      merge.deleteBranch();
    }
    return merged.handle();
  }

  /** What a pull request changes, as a patch; of a merged one, what it changed. */
  public String diff(PullRequest pr) throws InterruptedException {
    Repository repository = Repository.of(git.at(pr.repo()));
    if (pr.mergeCommit() != null) {
      return repository.git().must("diff", pr.mergeCommit() + "^1..." + pr.head());
    }
    String remote = "refs/remotes/" + repository.remote().orElse("") + "/" + pr.target();
    boolean there = repository.git().is("show-ref", "--verify", "--quiet", remote);
    String target = there ? remote : "refs/heads/" + pr.target();
    return repository.git().must("diff", target + "..." + LocalMerge.head(repository, pr));
  }
}
