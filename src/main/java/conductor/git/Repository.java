package conductor.git;

import conductor.effect.GitFailure;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A git repository, found from any directory of it.
 *
 * @param main its main worktree
 * @param here git where it was found from
 */
public record Repository(Path main, Git here) {

  private static final Duration FETCH = Duration.ofSeconds(10);

  /**
   * Finds the repository of a directory.
   *
   * @throws GitFailure.NotARepository when there is none, it is bare, or has no commit
   */
  public static Repository of(Git git) throws InterruptedException {
    Command.Ended found = git.run("rev-parse", "--is-bare-repository", "--is-inside-work-tree");
    if (!found.ok()) {
      throw unusable(git, "is not in a git repository; run it in one, or make one with 'git init'");
    }
    if (found.out().startsWith("true")) {
      throw unusable(git, "is a bare repository; run it in a clone that has a working tree");
    }
    if (!git.is("rev-parse", "--verify", "--quiet", "HEAD^{commit}")) {
      throw unusable(
          git, "is in a repository without a commit; make a first one with 'git commit'");
    }
    String first = git.lines("worktree", "list", "--porcelain").getFirst();
    return new Repository(Path.of(first.substring("worktree ".length())), git);
  }

  private static GitFailure unusable(Git git, String reason) {
    return new GitFailure.NotARepository(git.directory(), reason);
  }

  /** The worktree in which a branch is checked out, as git has it written down. */
  public Optional<Path> checkout(String ref) throws InterruptedException {
    String path = "";
    for (String line : git().lines("worktree", "list", "--porcelain")) {
      if (line.startsWith("worktree ")) {
        path = line.substring("worktree ".length());
      } else if (line.equals("branch " + ref)) {
        return Optional.of(Path.of(path));
      }
    }
    return Optional.empty();
  }

  /** Git in the main worktree. */
  public Git git() {
    return here.at(main);
  }

  /** The remote to use: origin, or the only one. */
  public Optional<String> remote() throws InterruptedException {
    List<String> remotes = git().lines("remote");
    if (remotes.contains("origin")) {
      return Optional.of("origin");
    }
    return remotes.size() == 1 ? Optional.of(remotes.getFirst()) : Optional.empty();
  }

  /** The branch that is checked out where the repository was found from; empty when detached. */
  public Optional<String> branch() throws InterruptedException {
    Command.Ended head = here.run("symbolic-ref", "--short", "--quiet", "HEAD");
    return head.ok() ? Optional.of(head.out().strip()) : Optional.empty();
  }

  /**
   * Where a worktree starts.
   *
   * @param branch the branch's name without a remote's; empty for a detached head
   * @param shown the branch as it is shown to people
   */
  record Subcommand(String branch, String commit, String shown) {}

  /**
   * The base that was asked for, else the remote's default branch as it is now, else the current
   * one.
   *
   * @param say told when the remote cannot be reached
   */
  Subcommand base(Optional<String> wanted, Consumer<String> say) throws InterruptedException {
    if (wanted.isPresent()) {
      return named(wanted.get());
    }
    Optional<String> remote = remote();
    if (remote.isPresent()) {
      Optional<Subcommand> fetched = remoteDefault(remote.get(), say);
      if (fetched.isPresent()) {
        return fetched.get();
      }
    }
    String commit = here.must("rev-parse", "HEAD^{commit}");
    return branch()
        .map(branch -> new Subcommand(branch, commit, branch))
        .orElseGet(() -> new Subcommand("", commit, "detached head"));
  }

  private Subcommand named(String wanted) throws InterruptedException {
    Optional<String> own = remote().filter(name -> wanted.startsWith(name + "/"));
    if (own.isPresent()) {
      fetch(own.get(), withoutRemote(wanted));
    }
    for (String ref : List.of("refs/heads/" + wanted, "refs/remotes/" + wanted)) {
      Optional<String> commit = commit(ref);
      if (commit.isPresent()) {
        return new Subcommand(withoutRemote(wanted), commit.get(), wanted);
      }
    }
    Optional<String> remote = remote();
    if (remote.isPresent()) {
      fetch(remote.get(), wanted);
      String ref = remote.get() + "/" + wanted;
      Optional<String> commit = commit("refs/remotes/" + ref);
      if (commit.isPresent()) {
        return new Subcommand(wanted, commit.get(), ref);
      }
    }
    return commit(wanted)
        .map(commit -> new Subcommand("", commit, wanted))
        .orElseThrow(() -> new GitFailure.UnknownBase(wanted, main));
  }

  private String withoutRemote(String branch) throws InterruptedException {
    Optional<String> remote = remote();
    boolean prefixed = remote.isPresent() && branch.startsWith(remote.get() + "/");
    return prefixed ? branch.substring(remote.get().length() + 1) : branch;
  }

  private Optional<Subcommand> remoteDefault(String remote, Consumer<String> say)
      throws InterruptedException {
    Optional<String> branch = defaultBranch(remote);
    if (branch.isEmpty()) {
      return Optional.empty();
    }
    if (!fetch(remote, branch.get())) {
      say.accept(
          "could not fetch %s from %s; using it as last fetched".formatted(branch.get(), remote));
    }
    String ref = remote + "/" + branch.get();
    return commit("refs/remotes/" + ref).map(commit -> new Subcommand(branch.get(), commit, ref));
  }

  /** The remote's default branch, as it was cloned or as the remote says. */
  public Optional<String> defaultBranch(String remote) throws InterruptedException {
    Command.Ended known =
        git().run("symbolic-ref", "--short", "--quiet", "refs/remotes/" + remote + "/HEAD");
    if (known.ok()) {
      return Optional.of(known.out().strip().substring(remote.length() + 1));
    }
    try {
      return new Remote(git(), remote)
          .run(FETCH, "ls-remote", "--symref", remote, "HEAD")
          .out()
          .lines()
          .filter(line -> line.startsWith("ref: refs/heads/"))
          .map(line -> line.substring("ref: refs/heads/".length(), line.indexOf('\t')))
          .findFirst();
    } catch (CannotRun e) {
      return Optional.empty();
    }
  }

  private boolean fetch(String remote, String branch) throws InterruptedException {
    String refs = "+refs/heads/%s:refs/remotes/%s/%s".formatted(branch, remote, branch);
    try {
      return new Remote(git(), remote)
          .run(FETCH, "fetch", "--no-tags", "--quiet", remote, refs)
          .ok();
    } catch (CannotRun e) {
      return false;
    }
  }

  private Optional<String> commit(String name) throws InterruptedException {
    Command.Ended found = git().run("rev-parse", "--verify", "--quiet", name + "^{commit}");
    return found.ok() ? Optional.of(found.out().strip()) : Optional.empty();
  }

  /** What of the user's own work a base does not hold; empty when it holds all. */
  Optional<String> leftOut(Subcommand base) throws InterruptedException {
    long files = here.lines("status", "--porcelain").size();
    long commits = Long.parseLong(here.must("rev-list", "--count", base.commit() + "..HEAD"));
    if (files + commits == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "left out: %d uncommitted file%s, %d commit%s that %s does not have"
            .formatted(
                files, files == 1 ? "" : "s", commits, commits == 1 ? "" : "s", base.shown()));
  }
}
