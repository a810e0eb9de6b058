package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import java.util.Optional;

/** Finds the branches that work is proposed to. */
public final class Targets {

  private final Remotes remotes;
  private final Worktrees worktrees;

  public Targets(Remotes remotes, Worktrees worktrees) {
    this.remotes = remotes;
    this.worktrees = worktrees;
  }

  /**
   * Returns the branch that a worktree's work is proposed to.
   *
   * @param asked a branch's name, also with the remote's or in full; empty for the one that follows
   *     from the commit that the worktree started at
   * @return its name without the remote's; empty when none follows
   */
  public Optional<String> of(Repository repository, WorktreeEnv env, Optional<String> asked)
      throws InterruptedException {
    if (asked.isEmpty()) {
      return Bases.targetOf(
          repository,
          remotes,
          env.baseCommit(),
          branch -> worktrees.isMade(repository.main(), branch));
    }
    return Optional.of(withoutRemote(repository, asked.get()));
  }

  private static String withoutRemote(Repository repository, String asked)
      throws InterruptedException {
    if (asked.startsWith("refs/heads/")) {
      return asked.substring("refs/heads/".length());
    }
    String name =
        asked.startsWith("refs/remotes/") ? asked.substring("refs/remotes/".length()) : asked;
    for (String remote : repository.remoteNames()) {
      if (name.startsWith(remote + "/") && repository.git().hasRef("refs/remotes/" + name)) {
        return name.substring(remote.length() + 1);
      }
    }
    return name;
  }

  /**
   * Returns the full ref of a target: at the remote as it was last fetched, else here.
   *
   * @throws GitFailure.UnknownBase when there is neither
   */
  public String ref(Repository repository, String target) throws InterruptedException {
    Optional<String> remote = repository.remote();
    String local = "refs/heads/" + target;
    if (remote.isPresent()) {
      String there = Remote.tracking(remote.get(), target);
      if (repository.git().hasRef(there) || remotes.fetch(repository, remote.get(), target)) {
        return there;
      }
    }
    if (!repository.git().hasRef(local)) {
      throw new GitFailure.UnknownBase(target, repository.main());
    }
    return local;
  }
}
