package conductor.forge;

import conductor.effect.ForgeFailure;
import conductor.effect.GitFailure;
import conductor.effect.MergeStrategy;
import conductor.git.Commits;
import conductor.git.Git;
import conductor.git.Repository;
import conductor.git.Work;
import conductor.handler.Key;
import conductor.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges a branch into its target as a forge does: at the remote, without touching a checkout. Only
 * a repository without a remote has its own branch moved, where it is checked out only when clean.
 */
final class LocalMerge {

  private final Repository repository;
  private final Git git;
  private final PullRequest pr;
  private final Key key;
  private final String head;

  LocalMerge(Repository repository, PullRequest pr, Key key) throws InterruptedException {
    this.repository = repository;
    this.git = repository.git();
    this.pr = pr;
    this.key = key;
    this.head = head(repository, pr);
  }

  /** The branch as it is here, else at the remote, else as it was proposed. */
  static String head(Repository repository, PullRequest pr) throws InterruptedException {
    var refs = new ArrayList<String>(List.of("refs/heads/" + pr.branch()));
    repository.remote().ifPresent(remote -> refs.add("refs/remotes/" + remote + "/" + pr.branch()));
    refs.add(pr.head());
    for (String ref : refs) {
      Command.Ended found =
          repository.git().run("rev-parse", "--verify", "--quiet", ref + "^{commit}");
      if (found.ok()) {
        return found.out().strip();
      }
    }
    throw new ForgeFailure.NotMergeable(
        pr.url(), "its branch '" + pr.branch() + "' and its commit " + pr.head() + " are gone");
  }

  /**
   * What a merge came to.
   *
   * @param commit that the target then is at
   * @param onto that it was at before; null when it was merged before a crash
   */
  record Merged(String commit, @Nullable String onto) {}

  Merged run(MergeStrategy strategy) throws InterruptedException {
    Optional<String> remote = repository.remote();
    String target = target(remote);
    Optional<String> done = already(target);
    String commit = done.isPresent() ? done.get() : merged(strategy, target);
    if (remote.isPresent() && hasRemoteTarget(remote.get())) {
      push(remote.get(), commit);
    } else {
      advance(commit);
    }
    git.must("update-ref", Work.MERGED + pr.branch(), head);
    return new Merged(commit, done.isPresent() ? null : target);
  }

  private boolean hasRemoteTarget(String remote) throws InterruptedException {
    return git.is("show-ref", "--verify", "--quiet", "refs/remotes/" + remote + "/" + pr.target());
  }

  private String target(Optional<String> remote) throws InterruptedException {
    if (remote.isPresent()) {
      String there = remote.get() + "/" + pr.target();
      git.run(
          "fetch",
          "--quiet",
          "--no-tags",
          remote.get(),
          "+refs/heads/" + pr.target() + ":refs/remotes/" + there);
      if (hasRemoteTarget(remote.get())) {
        return git.must("rev-parse", "refs/remotes/" + there);
      }
    }
    Command.Ended local = git.run("rev-parse", "--verify", "--quiet", "refs/heads/" + pr.target());
    if (!local.ok()) {
      throw refused("its target branch '" + pr.target() + "' does not exist");
    }
    return local.out().strip();
  }

  private Optional<String> already(String target) throws InterruptedException {
    String mark = Commits.TRAILER + ": " + key;
    return git
        .lines("log", "--format=%H", "-n", "200", "--fixed-strings", "--grep", mark, target)
        .stream()
        .findFirst();
  }

  private String merged(MergeStrategy strategy, String target) throws InterruptedException {
    return switch (strategy) {
      case MERGE -> commit(tree(target, head), "Merge " + pr.branch(), target, head);
      case SQUASH -> commit(tree(target, head), pr.title(), target);
      case REBASE -> rebased(target);
    };
  }

  private String tree(String ours, String theirs) throws InterruptedException {
    Command.Ended merged =
        git.run("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs);
    List<String> words = List.of(merged.out().split("\0", -1));
    if (merged.code() > 1) {
      throw new GitFailure.GitError("git merge-tree", merged.err().strip());
    }
    if (!merged.ok()) {
      List<String> files =
          words.stream().skip(1).filter(file -> !file.isEmpty()).distinct().toList();
      throw refused(
          "%s conflicts with %s in %s".formatted(theirs, pr.target(), String.join(", ", files)));
    }
    return words.getFirst();
  }

  private String commit(String tree, String message, String... parents)
      throws InterruptedException {
    var words = new ArrayList<String>(List.of("commit-tree", tree));
    for (String parent : parents) {
      words.addAll(List.of("-p", parent));
    }
    words.addAll(List.of("-m", message + " (#" + pr.number() + ")"));
    words.addAll(List.of("-m", Commits.TRAILER + ": " + key));
    return git.must(words.toArray(String[]::new));
  }

  /** Replays the branch's commits one by one on the target, without a checkout. */
  private String rebased(String target) throws InterruptedException {
    String onto = target;
    List<String> commits = git.lines("rev-list", "--reverse", "--no-merges", target + ".." + head);
    for (String commit : commits) {
      String tree = tree(beside(commit, onto), commit);
      String message = git.must("log", "-1", "--format=%B", commit);
      String mark = commit.equals(commits.getLast()) ? "\n\n" + Commits.TRAILER + ": " + key : "";
      onto = by(commit).must("commit-tree", tree, "-p", onto, "-m", message + mark);
    }
    return onto;
  }

  /** Git that commits as the author of a commit, at the time it was written. */
  private Git by(String commit) throws InterruptedException {
    List<String> author = git.lines("log", "-1", "--format=%an%n%ae%n%ad", "--date=raw", commit);
    return git.with("GIT_AUTHOR_NAME", author.get(0))
        .with("GIT_AUTHOR_EMAIL", author.get(1))
        .with("GIT_AUTHOR_DATE", author.get(2));
  }

  /** A commit with the files of one that forked where another's parent is: their merge base. */
  private String beside(String commit, String files) throws InterruptedException {
    return git.must("commit-tree", files + "^{tree}", "-p", commit + "^", "-m", "picked onto");
  }

  private void push(String remote, String commit) throws InterruptedException {
    Command.Ended pushed = git.run("push", remote, commit + ":refs/heads/" + pr.target());
    if (!pushed.ok()) {
      throw refused(remote + " does not take it: " + pushed.err().strip());
    }
  }

  /** Moves the local target branch; where it is checked out only when that is clean. */
  private void advance(String commit) throws InterruptedException {
    String ref = "refs/heads/" + pr.target();
    if (!git.is("show-ref", "--verify", "--quiet", ref)
        || !git.is("merge-base", "--is-ancestor", ref, commit)) {
      return;
    }
    Optional<Path> checkout = repository.checkout(ref);
    if (checkout.isEmpty()) {
      git.must("update-ref", ref, commit);
      return;
    }
    Command.Ended forward = git.at(checkout.get()).run("merge", "--ff-only", "--quiet", commit);
    if (!forward.ok()) {
      throw refused(
          "its target is checked out in %s, whose changes are in the way: %s"
              .formatted(checkout.get(), forward.err().strip()));
    }
  }

  /** Deletes the branch at the remote, and here where no worktree has it. */
  static void deleteBranch(Repository repository, String branch) throws InterruptedException {
    Optional<String> remote = repository.remote();
    if (remote.isPresent()) {
      repository.git().run("push", "--quiet", remote.get(), "--delete", branch);
    }
    repository.git().run("branch", "-D", branch);
  }

  private ForgeFailure refused(String reason) {
    return new ForgeFailure.NotMergeable(pr.url(), reason);
  }
}
