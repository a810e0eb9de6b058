package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A git repository, found from any directory of it.
 *
 * @param main its main worktree; its git directory where it has none
 * @param here git where it was found from
 * @param checkout the worktree that it was found from; the main one when it was found by its path
 */
public record Repository(Path main, Git here, Path checkout) {

  /**
   * Finds the repository of a directory.
   *
   * @throws GitFailure.NotARepository when there is none that can be used: git says why
   */
  public static Repository of(Git git) throws InterruptedException {
    Command.Ended found = git.run("rev-parse", "--is-bare-repository", "--is-inside-work-tree");
    if (!found.ok()) {
      throw unusable(
          git,
          found.err().contains("not a git repository")
              ? "is not in a git repository; run it in one, or make one with 'git init'"
              : "is in a repository that git does not use: " + found.err().strip());
    }
    if (found.out().startsWith("true")) {
      throw unusable(git, "is a bare repository; run it in a clone that has a working tree");
    }
    if (!found.out().strip().endsWith("true")) {
      throw unusable(git, "is inside of a repository's git directory; run it in its working tree");
    }
    if (git.reader().commit("HEAD").isEmpty()) {
      throw unusable(
          git, "is in a repository without a commit; make a first one with 'git commit'");
    }
    List<String> places =
        git.lines(
            "rev-parse",
            "--path-format=absolute",
            "--git-dir",
            "--git-common-dir",
            "--show-toplevel");
    Path checkout = Path.of(places.get(2));
    boolean isMain = places.get(0).equals(places.get(1));
    return new Repository(isMain ? checkout : listedMain(git), git, checkout);
  }

  /** Returns the repository that was found before, by its main worktree; looks at nothing. */
  public static Repository recorded(Git git, Path main) {
    return new Repository(main, git.at(main), main);
  }

  private static GitFailure unusable(Git git, String reason) {
    return new GitFailure.NotARepository(git.directory(), reason);
  }

  private static Path listedMain(Git git) throws InterruptedException {
    String first = git.items("worktree", "list", "--porcelain", "-z").getFirst();
    return Path.of(first.substring("worktree ".length()));
  }

  /**
   * Returns the worktree in which a branch is checked out. One whose directory is gone does not
   * count.
   *
   * @param ref in full
   */
  public Optional<Path> checkout(String ref) throws InterruptedException {
    Path path = main;
    boolean first = true;
    for (String line : git().items("worktree", "list", "--porcelain", "-z")) {
      if (line.startsWith("worktree ")) {
        // of a main worktree with its git directory elsewhere git lists that directory
        path = first ? main : Path.of(line.substring("worktree ".length()));
        first = false;
      } else if (line.equals("branch " + ref) && Files.isDirectory(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Git in the main worktree. */
  public Git git() {
    return here.at(main);
  }

  /** Returns the names of the remotes. */
  public List<String> remoteNames() throws InterruptedException {
    return git().lines("remote");
  }

  /** Returns the remote to use: origin, or the only one. */
  public Optional<String> remote() throws InterruptedException {
    List<String> remotes = remoteNames();
    if (remotes.contains("origin")) {
      return Optional.of("origin");
    }
    return remotes.size() == 1 ? Optional.of(remotes.getFirst()) : Optional.empty();
  }

  /**
   * Returns the branch that is checked out where the repository was found from; empty when
   * detached.
   */
  public Optional<String> branch() throws InterruptedException {
    String heads = "refs/heads/";
    return here.reader()
        .target("HEAD")
        .filter(ref -> ref.startsWith(heads))
        .map(ref -> ref.substring(heads.length()));
  }

  /**
   * Makes sure that git knows who commits.
   *
   * @throws GitFailure.NoIdentity when it does not
   */
  public void mustHaveIdentity() throws InterruptedException {
    mustHaveIdentity(here, main);
  }

  public static void mustHaveIdentity(Git git, Path repository) throws InterruptedException {
    Command.Ended identity = git.run("var", "GIT_COMMITTER_IDENT");
    if (!identity.ok()) {
      String said =
          identity
              .err()
              .lines()
              .filter(line -> line.contains("fatal"))
              .findFirst()
              .orElse(identity.err().strip());
      throw new GitFailure.NoIdentity(repository, said);
    }
  }

  /** Returns what of the user's own work a base does not hold; empty when it holds all. */
  public Optional<String> leftOut(Base base) throws InterruptedException {
    int files =
        here.items(
                "--no-optional-locks",
                "status",
                "--porcelain",
                "-z",
                "--untracked-files=normal",
                "--ignore-submodules=none",
                "--no-renames")
            .size();
    int commits = here.reader().beyond(base.commit(), "HEAD");
    if (files + commits == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "left out: %d uncommitted file%s, %s that %s does not have"
            .formatted(files, files == 1 ? "" : "s", commits(commits), base.shown()));
  }

  public static String commits(int count) {
    return count + (count == 1 ? " commit" : " commits");
  }
}
