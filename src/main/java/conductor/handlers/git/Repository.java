package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A git repository with a working tree, found from any directory in it.
 *
 * @param main the main worktree; the git directory where there is no main worktree
 * @param here git in the directory that the repository was found from
 * @param checkout the worktree of that directory; the main one for {@link #recorded}
 */
public record Repository(Path main, Git here, Path checkout) {

  /** Answers in the order of the questions, as far as git gets; the commit of the head is last. */
  private static final String PLACES =
      "rev-parse --is-bare-repository --is-inside-work-tree --path-format=absolute --git-dir"
          + " --git-common-dir --show-toplevel HEAD^{commit}";

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");

  /**
   * Finds the repository of a directory.
   *
   * @throws GitFailure.NotARepository when there is none that can be used; the message says why
   */
  public static Repository of(Git git) throws InterruptedException {
    Command.Ended found = git.run(Git.line(PLACES));
    List<String> said = found.out().lines().toList();
    if (said.size() < 2) {
      throw unusable(
          git,
          found.err().contains("not a git repository")
              ? "is not in a git repository; run it in one, or make one with 'git init'"
              : "is in a repository that git does not use: " + found.err().strip());
    }
    if (said.get(0).equals("true")) {
      throw unusable(git, "is a bare repository; run it in a clone that has a working tree");
    }
    if (!said.get(1).equals("true")) {
      throw unusable(git, "is inside of a repository's git directory; run it in its working tree");
    }
    if (said.size() < 5) {
      throw Git.error(found, Git.line(PLACES));
    }
    if (!found.ok() || !COMMIT.matcher(said.getLast()).matches()) {
      throw unusable(
          git, "is in a repository without a commit; make a first one with 'git commit'");
    }
    Path checkout = Path.of(said.get(4));
    boolean isMain = said.get(2).equals(said.get(3));
    String first = isMain ? "" : worktrees(git).getFirst();
    return new Repository(isMain ? checkout : path(first), git, checkout);
  }

  private static List<String> worktrees(Git git) throws InterruptedException {
    return git.items("worktree", "list", "--porcelain", "-z");
  }

  private static Path path(String line) {
    return Path.of(line.substring("worktree ".length()));
  }

  /** Returns a repository whose main worktree is already known, without any check. */
  public static Repository recorded(Git git, Path main) {
    return new Repository(main, git.at(main), main);
  }

  private static GitFailure unusable(Git git, String reason) {
    return new GitFailure.NotARepository(git.directory(), reason);
  }

  /**
   * Returns the worktree in which a branch is checked out; empty when there is none. A worktree
   * whose directory is gone does not count.
   *
   * @param ref the branch's full ref
   */
  public Optional<Path> checkout(String ref) throws InterruptedException {
    Path path = main;
    boolean first = true;
    for (String line : worktrees(git())) {
      if (line.startsWith("worktree ")) {
        // where the git directory of the main worktree is elsewhere, git lists the git directory
        path = first ? main : path(line);
        first = false;
      } else if (line.equals("branch " + ref) && Files.isDirectory(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  public Git git() {
    return here.at(main);
  }

  public List<String> remoteNames() throws InterruptedException {
    return git().lines("remote");
  }

  /** Returns the remote to use: {@code origin}, or else the only one; empty when neither exists. */
  public Optional<String> remote() throws InterruptedException {
    List<String> remotes = remoteNames();
    if (remotes.contains("origin")) {
      return Optional.of("origin");
    }
    return remotes.size() == 1 ? Optional.of(remotes.getFirst()) : Optional.empty();
  }

  /** Returns the branch that is checked out in the directory found from; empty when detached. */
  public Optional<String> branch() throws InterruptedException {
    String heads = "refs/heads/";
    return here.reader()
        .target("HEAD")
        .filter(ref -> ref.startsWith(heads))
        .map(ref -> ref.substring(heads.length()));
  }

  /** Throws {@code NoIdentity} when git has no name and address for commits. */
  public static void mustHaveIdentity(Git git, Path repository) throws InterruptedException {
    Command.Ended identity = git.run("var", "GIT_COMMITTER_IDENT");
    if (!identity.ok()) {
      String said = identity.err();
      throw new GitFailure.NoIdentity(
          repository,
          said.lines().filter(line -> line.contains("fatal")).findFirst().orElse(said.strip()));
    }
  }

  /** Returns in words what of the user's checkout a base does not contain; empty for nothing. */
  public Optional<String> leftOut(Base base) throws InterruptedException {
    List<String> status =
        here.items(
            Git.line(
                "--no-optional-locks status --porcelain=v2 -z --branch --untracked-files=normal"
                    + " --ignore-submodules=none --no-renames --no-ahead-behind"));
    int files = (int) status.stream().filter(item -> !item.startsWith("# ")).count();
    boolean isHead = status.contains("# branch.oid " + base.commit());
    int commits = isHead ? 0 : here.reader().beyond(base.commit(), "HEAD");
    if (files + commits == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "left out: %d uncommitted file%s, %s that %s does not have"
            .formatted(files, files == 1 ? "" : "s", commits(commits), base.shown()));
  }

  /** Returns a count with the word {@code commit} or {@code commits}. */
  public static String commits(int count) {
    return count + (count == 1 ? " commit" : " commits");
  }
}
