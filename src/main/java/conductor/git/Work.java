package conductor.git;

import conductor.effect.WorktreeEnv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work that a worktree and its branch hold, also when the worktree's directory is gone.
 *
 * @param git git with the host's environment, anywhere
 */
public record Work(Git git, WorktreeEnv env) {

  /** Where the original commits of branches stay that were squashed or rebased into another. */
  public static final String MERGED = "refs/conductor/merged/";

  private Git here() {
    return git.at(env.path());
  }

  private Git main() {
    return git.at(env.repo());
  }

  private String branch() {
    return "refs/heads/" + env.branch();
  }

  /** Whether the directory is a worktree. */
  public boolean present() throws InterruptedException {
    return Files.exists(env.path().resolve(".git"))
        && here().is("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  }

  /** The commits that the worktree and its branch are at, as git names them. */
  private List<String> tips() throws InterruptedException {
    var tips = new ArrayList<String>();
    if (present()) {
      tips.add("HEAD");
    }
    if (main().is("show-ref", "--verify", "--quiet", branch())) {
      tips.add(branch());
    }
    return tips;
  }

  /** Files that differ from the last commit. */
  public int uncommitted() throws InterruptedException {
    return present() ? here().lines("status", "--porcelain").size() : 0;
  }

  /** Commits since the worktree was made. */
  public int ahead() throws InterruptedException {
    return count(List.of("--not", env.baseCommit()));
  }

  /** Commits that no other branch, here or at a remote, has, and no pull request brought home. */
  public int unmerged() throws InterruptedException {
    return count(
        List.of(
            "--not",
            "--exclude=" + env.branch(),
            "--branches",
            "--remotes",
            "--glob=" + MERGED + "*"));
  }

  private int count(List<String> without) throws InterruptedException {
    List<String> tips = tips();
    if (tips.isEmpty()) {
      return 0;
    }
    var words = new ArrayList<String>(List.of("rev-list", "--count"));
    words.addAll(tips);
    words.addAll(without);
    Git from = tips.contains("HEAD") ? here() : main();
    return Integer.parseInt(from.must(words.toArray(String[]::new)));
  }

  /** Why the worktree must not be removed, in words; empty when nothing would be lost. */
  public Optional<String> reasonToKeep() throws InterruptedException {
    Optional<String> place = present() ? unusual() : elsewhere();
    return place.isPresent() ? place : losses();
  }

  /** What people did to a worktree that is where it was made. */
  private Optional<String> unusual() throws InterruptedException {
    Path gitDirectory = Path.of(here().must("rev-parse", "--absolute-git-dir"));
    if (Files.exists(gitDirectory.resolve("locked"))) {
      return Optional.of("it is locked");
    }
    String head = here().run("symbolic-ref", "--short", "--quiet", "HEAD").out().strip();
    return head.equals(env.branch())
        ? Optional.empty()
        : Optional.of(
            "another branch is checked out in it: " + (head.isEmpty() ? "none, detached" : head));
  }

  private Optional<String> elsewhere() throws InterruptedException {
    if (Files.exists(env.path())) {
      return Optional.of(env.path() + " is no worktree any more");
    }
    return new Repository(env.repo(), main())
        .checkout(branch())
        .filter(path -> Files.exists(path) && !path.equals(env.path()))
        .map(path -> "it was moved to " + path);
  }

  private Optional<String> losses() throws InterruptedException {
    int files = uncommitted();
    int commits = unmerged();
    return files + commits == 0
        ? Optional.empty()
        : Optional.of("%d uncommitted files, %d unmerged commits".formatted(files, commits));
  }

  /** Keeps all of it reachable under {@code refs/conductor/trash/}. */
  void toTrash() throws InterruptedException {
    String ref = "refs/conductor/trash/" + env.id();
    Git main = main();
    if (present()) {
      String head = here().must("rev-parse", "HEAD");
      main.must("update-ref", ref, uncommitted() > 0 ? snapshot(head) : head);
    }
    boolean hasBranch = main.is("show-ref", "--verify", "--quiet", branch());
    if (hasBranch && !main.is("merge-base", "--is-ancestor", branch(), ref)) {
      main.must("update-ref", present() ? ref + "-branch" : ref, branch());
    }
  }

  private String snapshot(String head) throws InterruptedException {
    String tree = Staged.all(here(), index -> index.must("write-tree"));
    return here()
        .asConductor()
        .must("commit-tree", tree, "-p", head, "-m", "Uncommitted work of " + env.id());
  }
}
