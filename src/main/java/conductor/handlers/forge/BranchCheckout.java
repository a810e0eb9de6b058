package conductor.handlers.forge;

import conductor.effect.GitFailure;
import conductor.effect.PRHandle;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.process.Command;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks out pull requests in a person's own checkout, as a branch that follows the pull request's.
 * Nothing is lost: git refuses to overwrite changes that are not committed, and a branch that has
 * commits of its own is not moved.
 *
 * @param repository found from the person's directory
 */
public record BranchCheckout(Repository repository) {

  /**
   * What was done.
   *
   * @param path the worktree that has the branch: the person's, or another that had it already
   */
  public record Done(PRHandle pr, String branch, Path path) {}

  /**
   * Checks out a pull request.
   *
   * @param remote the remote that has its commits; null when only this repository has them
   * @param given the name for the branch; null for that of the pull request
   */
  public Done of(PRHandle pr, Forge.Source source, @Nullable String remote, @Nullable String given)
      throws InterruptedException {
    String branch = given == null ? source.branch() : given;
    Git git = repository.here();
    mustBeName(git, branch);
    String ref = "refs/heads/" + branch;
    Optional<Path> there = repository.checkout(ref);
    if (there.isPresent() && !there.get().equals(repository.checkout())) {
      return new Done(pr, branch, there.get());
    }
    String commit = commit(git, pr, source, remote);
    Optional<String> before = git.reader().commit(ref);
    if (before.isEmpty()) {
      git.must("switch", "--quiet", "--no-track", "-c", branch, commit);
      follow(git, branch, source, remote);
    } else {
      mustFollow(git, branch, before.get(), commit);
      git.must("switch", "--quiet", "--no-guess", branch);
      git.must("merge", "--quiet", "--ff-only", commit);
    }
    return new Done(pr, branch, repository.checkout());
  }

  /** Strangers choose names of branches, and git takes some for options or revisions. */
  private static void mustBeName(Git git, String branch) throws InterruptedException {
    String[] words = {"check-ref-format", "refs/heads/" + branch};
    if (branch.startsWith("-") || branch.equals("HEAD") || !git.is(words)) {
      throw new GitFailure.GitError(
          "git switch", "no branch can be called '" + branch + "'; --branch NAME gives another");
    }
  }

  private static String commit(Git git, PRHandle pr, Forge.Source source, @Nullable String remote)
      throws InterruptedException {
    if (remote == null) {
      return git.reader()
          .existing(
              git.reader().commit(source.ref()).isPresent()
                  ? source.ref()
                  : String.valueOf(pr.head()));
    }
    String kept =
        isBranch(source)
            ? Remote.tracking(remote, source.ref().substring("refs/heads/".length()))
            : "refs/conductor/pulls/" + pr.number();
    var there = new Remote(git, remote);
    String[] words = there.fetching(source.ref(), kept);
    Command.Ended fetched = there.run(words);
    if (fetched.ok()) {
      return git.reader().existing(kept);
    }
    Optional<String> known = pr.head() == null ? Optional.empty() : git.reader().commit(pr.head());
    return known.orElseThrow(() -> Git.error(fetched, words));
  }

  private static boolean isBranch(Forge.Source source) {
    return source.ref().startsWith("refs/heads/");
  }

  /** Has 'git pull' and 'git push' know where the branch came from. */
  private static void follow(Git git, String branch, Forge.Source source, @Nullable String remote)
      throws InterruptedException {
    if (remote != null) {
      git.must("config", "branch." + branch + ".remote", remote);
      git.must("config", "branch." + branch + ".merge", source.ref());
    }
  }

  private static void mustFollow(Git git, String branch, String before, String commit)
      throws InterruptedException {
    if (!git.reader().isAncestor(before, commit) && !git.reader().isAncestor(commit, before)) {
      throw new GitFailure.GitError(
          "git switch " + branch,
          "the branch '%s' here has %s that the pull request does not have; --branch NAME takes another"
              .formatted(branch, Repository.commits(git.count(commit + ".." + before))));
    }
  }
}
