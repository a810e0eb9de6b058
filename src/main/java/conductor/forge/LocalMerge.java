package conductor.forge;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.git.Commits;
import conductor.git.Git;
import conductor.git.Repository;
import conductor.handler.Key;
import conductor.process.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Merges a branch into its target without touching a checkout, but for one that is clean. */
final class LocalMerge {

  private final Repository repository;
  private final Git git;
  private final PullRequest pr;
  private final Key key;
  private final String branch;

  LocalMerge(Repository repository, PullRequest pr, Key key) {
    this.repository = repository;
    this.git = repository.git();
    this.pr = pr;
    this.key = key;
    this.branch = "refs/heads/" + pr.branch();
  }

  /** Returns the commit that the target then is at. */
  String run(MergeStrategy strategy) throws InterruptedException {
    Optional<String> remote = repository.remote();
    String target = target(remote);
    Optional<String> done = already(target);
    String commit = done.isPresent() ? done.get() : merged(strategy, target);
    if (remote.isPresent() && hasRemoteTarget(remote.get())) {
      push(remote.get(), commit);
    }
    advance(commit);
    return commit;
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
      case MERGE -> commit(tree(target, branch), "Merge " + pr.branch(), target, branch);
      case SQUASH -> commit(tree(target, branch), pr.title(), target);
      case REBASE -> rebased(target);
    };
  }

  private String tree(String ours, String theirs) throws InterruptedException {
    Command.Ended merged = git.run("merge-tree", "--write-tree", "--name-only", ours, theirs);
    List<String> lines = merged.out().lines().toList();
    if (!merged.ok()) {
      List<String> files =
          lines.stream().skip(1).takeWhile(line -> !line.isBlank()).distinct().toList();
      throw refused("it conflicts with " + pr.target() + " in " + String.join(", ", files));
    }
    return lines.getFirst();
  }

  private String commit(String tree, String message, String... parents)
      throws InterruptedException {
    var words = new java.util.ArrayList<String>(List.of("commit-tree", tree));
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
    List<String> commits =
        git.lines("rev-list", "--reverse", "--no-merges", target + ".." + branch);
    for (String commit : commits) {
      Command.Ended picked =
          git.run("merge-tree", "--write-tree", "--name-only", beside(commit, onto), commit);
      if (!picked.ok()) {
        throw refused("its commit " + commit + " conflicts with " + pr.target());
      }
      String tree = picked.out().lines().findFirst().orElseThrow();
      String message = git.must("log", "-1", "--format=%B", commit);
      String mark = commit.equals(commits.getLast()) ? "\n" + Commits.TRAILER + ": " + key : "";
      onto = git.must("commit-tree", tree, "-p", onto, "-m", message + mark);
    }
    return onto;
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
    Optional<Path> checkout = checkout(ref);
    if (checkout.isEmpty()) {
      git.must("update-ref", ref, commit);
      return;
    }
    Command.Ended forward = git.at(checkout.get()).run("merge", "--ff-only", "--quiet", commit);
    if (!forward.ok() && repository.remote().isEmpty()) {
      throw refused(
          "its target is checked out in %s, whose changes are in the way: %s"
              .formatted(checkout.get(), forward.err().strip()));
    }
  }

  private Optional<Path> checkout(String ref) throws InterruptedException {
    String path = "";
    for (String line : git.lines("worktree", "list", "--porcelain")) {
      if (line.startsWith("worktree ")) {
        path = line.substring("worktree ".length());
      } else if (line.equals("branch " + ref)) {
        return Optional.of(Path.of(path));
      }
    }
    return Optional.empty();
  }

  /** Deletes the branch at the remote, and here where no worktree has it. */
  void deleteBranch() throws InterruptedException {
    Optional<String> remote = repository.remote();
    if (remote.isPresent()) {
      git.run("push", "--quiet", remote.get(), "--delete", pr.branch());
    }
    git.run("branch", "-D", pr.branch());
  }

  private ForgeFailure refused(String reason) {
    return new ForgeFailure.NotMergeable(pr.url(), reason);
  }
}
