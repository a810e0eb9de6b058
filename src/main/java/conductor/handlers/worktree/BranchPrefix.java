package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.handlers.git.BranchNames;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remotes;
import conductor.handlers.git.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Chooses the first part of the names of the branches that conductor makes. Git cannot have a
 * branch {@code a/b} beside a branch {@code a}: where a branch with the prefix's name exists, here
 * or at the remote, another prefix is chosen, once for each run and repository. Safe for use by
 * several threads.
 */
public final class BranchPrefix {

  private static final String ANOTHER = "-runs";

  private final String wanted;
  private final Remotes remotes;
  private final Worktrees worktrees;
  private final Map<Path, String> chosen = new ConcurrentHashMap<>();

  public BranchPrefix(String wanted, Remotes remotes, Worktrees worktrees) {
    this.wanted = wanted;
    this.remotes = remotes;
    this.worktrees = worktrees;
  }

  /**
   * Returns the prefix to use in a repository.
   *
   * @param say receives a message when it is not the configured one
   * @throws GitFailure.BadBranchName when git refuses the configured one
   */
  String of(Repository repository, Consumer<String> say) throws InterruptedException {
    if (!chosen.containsKey(repository.main())) {
      chosen.put(repository.main(), free(repository, say));
    }
    return chosen.getOrDefault(repository.main(), wanted);
  }

  private String free(Repository repository, Consumer<String> say) throws InterruptedException {
    if (!repository.git().is("check-ref-format", "--branch", wanted + "/a")) {
      throw new GitFailure.BadBranchName(wanted + "/...");
    }
    String prefix = wanted;
    for (int n = 2; isTaken(repository, prefix); n++) {
      prefix = wanted + ANOTHER + (n == 2 ? "" : "-" + (n - 1));
    }
    if (!prefix.equals(wanted)) {
      say.accept(
          "there is a branch '%s', so branches are called %s/...; 'worktree.branch_prefix' sets another prefix"
              .formatted(wanted, prefix));
    }
    return prefix;
  }

  private boolean isTaken(Repository repository, String prefix) throws InterruptedException {
    Optional<String> here = BranchNames.inTheWay(BranchNames.all(repository.git()), prefix);
    if (here.filter(other -> !other.startsWith(prefix + "/")).isPresent()) {
      return true;
    }
    Optional<String> remote = repository.remote();
    return remote.isPresent() && remotes.hasBranch(repository, remote.get(), prefix);
  }

  /**
   * Checks that a branch of a name can be made, here and at the remote.
   *
   * @param key the key of the act that makes it; nothing more is checked when this act made its
   *     worktree already
   * @throws GitFailure.BadBranchName when git refuses the name
   * @throws GitFailure.BranchTaken when a branch prevents it
   */
  void mustBeFree(Repository repository, String branch, String key) throws InterruptedException {
    Git git = repository.git();
    if (List.of("@", "HEAD").contains(branch) || !git.is("check-ref-format", "--branch", branch)) {
      throw new GitFailure.BadBranchName(branch);
    }
    if (worktrees.byKey(repository.main(), key).isPresent()) {
      return;
    }
    Optional<String> other = BranchNames.inTheWay(BranchNames.all(git), branch);
    if (other.isPresent()) {
      throw new GitFailure.BranchTaken(other.get(), "here");
    }
    Optional<String> remote = repository.remote();
    if (remote.isPresent() && remotes.hasBranch(repository, remote.get(), branch)) {
      throw new GitFailure.BranchTaken(branch, remote.get());
    }
  }
}
