package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Remotes;
import conductor.handlers.git.Repository;
import java.util.List;
import java.util.Optional;

/** Finds the target branches of pull requests. */
public record Targets(Remotes remotes, Worktrees worktrees) {

  /**
   * Returns the target branch for a worktree's work.
   *
   * @param asked a branch's name, possibly with the remote's name or as a full ref; empty to derive
   *     the branch from the commit that the worktree started at
   * @return the branch's name without the remote's; empty when none can be derived
   */
  public Optional<String> of(Repository repository, WorktreeEnv env, Optional<String> asked)
      throws InterruptedException {
    return asked.isEmpty()
        ? following(repository, env.baseCommit())
        : Optional.of(withoutRemote(repository, asked.get()));
  }

  /**
   * Returns the target branch for work that started at a commit: the remote's default branch; else,
   * among the user's local branches that contain the commit, the one named by {@code
   * init.defaultBranch}, {@code main} or {@code master}; else the only such branch; empty when
   * there is none of these.
   */
  Optional<String> following(Repository repository, String commit) throws InterruptedException {
    Optional<String> remote = repository.remote();
    if (remote.isPresent()) {
      Optional<String> usual = remotes.defaultBranch(repository, remote.get());
      if (usual.isPresent()) {
        return usual;
      }
    }
    Git git = repository.git();
    String[] containing =
        Git.line("for-each-ref --format=%(refname:lstrip=2) refs/heads/ --contains", commit);
    List<String> holding =
        git.lines(containing).stream()
            .filter(name -> !worktrees.isMade(repository.main(), name))
            .toList();
    String first = git.setting("init.defaultBranch").orElse("main");
    for (String name : List.of(first, "main", "master")) {
      if (holding.contains(name)) {
        return Optional.of(name);
      }
    }
    return holding.size() == 1 ? Optional.of(holding.getFirst()) : Optional.empty();
  }

  private String withoutRemote(Repository repository, String asked) throws InterruptedException {
    if (asked.startsWith("refs/heads/")) {
      return asked.substring("refs/heads/".length());
    }
    String name = asked.replaceFirst("^refs/remotes/", "");
    for (String remote : repository.remoteNames()) {
      String rest = name.substring(Math.min(name.length(), remote.length() + 1));
      if (name.startsWith(remote + "/") && isThere(repository, remote, rest, name)) {
        return rest;
      }
    }
    return name;
  }

  /** Returns whether a name means a remote's branch, and not one with the slash in its name. */
  private boolean isThere(Repository repository, String remote, String branch, String name)
      throws InterruptedException {
    return repository.git().reader().hasRef("refs/remotes/" + name)
        || (!repository.git().reader().hasRef("refs/heads/" + name)
            && remotes.hasBranch(repository, remote, branch)
            && !remotes.hasBranch(repository, remote, name));
  }

  /**
   * Returns the full ref of a target branch: at the usual remote as it was last fetched, else the
   * local branch, else at another remote.
   *
   * @throws GitFailure.UnknownBase when no branch of that name exists
   */
  public String ref(Repository repository, String target) throws InterruptedException {
    Optional<String> remote = repository.remote();
    String local = "refs/heads/" + target;
    if (remote.isPresent()) {
      String there = Remote.tracking(remote.get(), target);
      if (repository.git().reader().hasRef(there)
          || remotes.fetch(repository, remote.get(), target)) {
        return there;
      }
    }
    if (repository.git().reader().hasRef(local)) {
      return local;
    }
    // such as the one that the repository was forked from
    for (String other : repository.remoteNames()) {
      if (remotes.fetch(repository, other, target)) {
        return Remote.tracking(other, target);
      }
    }
    throw new GitFailure.UnknownBase(target, repository.main());
  }
}
