package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnRefs;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Remotes;
import conductor.handlers.git.Repository;
import conductor.handlers.git.SquashMerge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work that a worktree and its branch hold, also when the worktree's directory is gone. Nothing
 * counts as being elsewhere that is not reachable from a ref: of another branch, of a remote that
 * was asked, or under {@code refs/conductor/}.
 */
public final class Work {

  /** Where the original commits of branches stay that were squashed or rebased into another. */
  public static final String MERGED = "refs/conductor/merged/";

  private static final String TRASH = "refs/conductor/trash/";
  private static final String NESTED = "refs/conductor/nested/";

  private final Git git;
  private final WorktreeInspector inspector;
  private final WorktreeEnv env;

  /**
   * @param git git with the host's environment, anywhere
   */
  public Work(Git git, WorktreeInspector inspector, WorktreeEnv env) {
    this.git = git;
    this.inspector = inspector;
    this.env = env;
  }

  private Git main() {
    return git.at(env.repo());
  }

  private String branch() {
    return "refs/heads/" + env.branch();
  }

  /** Returns whether the directory is the worktree. */
  public boolean present() {
    return inspector.lost(env).isEmpty();
  }

  /** Returns the commits that the worktree and its branch are at. */
  private List<String> tips() throws InterruptedException {
    var tips = new ArrayList<String>();
    if (present()) {
      inspector.git(env).reader().commit("HEAD").ifPresent(tips::add);
    }
    main().reader().commit(branch()).filter(tip -> !tips.contains(tip)).ifPresent(tips::add);
    return tips;
  }

  /** Commits since the worktree was made. */
  int ahead() throws InterruptedException {
    return count(List.of("--not", env.baseCommit()));
  }

  /**
   * Commits that no other branch, here or at a remote, has, and no pull request brought home. What
   * is known of remotes counts, without asking them.
   */
  int unmerged() throws InterruptedException {
    return count(
        List.of(
            "--not",
            "--exclude=" + env.branch(),
            "--branches",
            "--remotes",
            "--glob=" + MERGED + "*",
            env.baseCommit()));
  }

  /** The same, but the branch's own copy at a remote does not count. */
  private int unmergedHere() throws InterruptedException {
    return count(
        List.of(
            "--not",
            "--exclude=" + env.branch(),
            "--branches",
            "--exclude=*/" + env.branch(),
            "--remotes",
            "--glob=" + MERGED + "*",
            env.baseCommit()));
  }

  private int count(List<String> without) throws InterruptedException {
    List<String> tips = tips();
    if (tips.isEmpty()) {
      return 0;
    }
    var words = new ArrayList<>(tips);
    words.addAll(without);
    return main().count(words);
  }

  /**
   * Returns why the worktree must not be removed, in words; empty when nothing would be lost. Asks
   * the remote where only its copy of the branch has the commits.
   */
  public Optional<String> reasonToKeep() throws InterruptedException {
    try {
      return present() ? inPlace() : branchAlone();
    } catch (GitFailure e) {
      return Optional.of("git cannot say what it holds: " + e.getMessage());
    }
  }

  /**
   * Returns what people did to the worktree's place, in words: somebody else relies on it, or it is
   * none any more. Empty when it is where and as it was made, or is gone.
   */
  public Optional<String> place() throws InterruptedException {
    return present() ? placeOf(inspector.look(env)) : placeWithout();
  }

  private Optional<String> placeOf(WorktreeState state) {
    if (Files.exists(inspector.gitDirectory(env).resolve("locked"))) {
      return Optional.of("it is locked");
    }
    return state.onBranch()
        ? Optional.empty()
        : Optional.of(
            "another branch is checked out in it: " + state.branch().orElse("none, detached"));
  }

  private Optional<String> placeWithout() throws InterruptedException {
    if (Files.exists(env.path())) {
      return inspector.lost(env).map(reason -> env.path() + " is no worktree any more: " + reason);
    }
    return Repository.recorded(git, env.repo())
        .checkout(branch())
        .filter(path -> !path.equals(env.path()))
        .map(path -> "it was moved to " + path);
  }

  private Optional<String> inPlace() throws InterruptedException {
    WorktreeState state = inspector.look(env);
    Optional<String> place = placeOf(state);
    if (place.isPresent()) {
      return place;
    }
    var losses = new ArrayList<>(state.obstacles());
    losses.addAll(NestedRepositories.losses(inspector.git(env), main(), state));
    losses.addAll(Submodules.losses(inspector.git(env)));
    int files = state.changes().size();
    int commits = lost();
    if (files + commits > 0) {
      losses.addFirst("%d uncommitted files, %d unmerged commits".formatted(files, commits));
    }
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", losses));
  }

  private Optional<String> branchAlone() throws InterruptedException {
    Optional<String> place = placeWithout();
    if (place.isPresent()) {
      return place;
    }
    int commits = lost();
    return commits == 0
        ? Optional.empty()
        : Optional.of("0 uncommitted files, %d unmerged commits".formatted(commits));
  }

  /** Returns how many commits would be lost with the branch. */
  private int lost() throws InterruptedException {
    int commits = unmergedHere();
    if (commits == 0 || isAtRemote() || isSquashed()) {
      return 0;
    }
    return commits;
  }

  /**
   * Returns whether the remote has the branch as it is here: asked, for what is known may be
   * outdated.
   */
  private boolean isAtRemote() throws InterruptedException {
    Repository repository = Repository.recorded(git, env.repo());
    for (String remote : repository.remoteNames()) {
      if (main().reader().hasRef(Remote.tracking(remote, env.branch()))) {
        Optional<String> there = Remotes.isAt(repository, remote, env.branch());
        return there.isPresent()
            && main().reader().commit(there.get()).isPresent()
            && count(List.of("--not", there.get())) == 0;
      }
    }
    return false;
  }

  /**
   * Returns whether the branch that it came from has all its changes, though not its commits, as
   * after a squash at a forge.
   */
  private boolean isSquashed() throws InterruptedException {
    Optional<String> target = target();
    List<String> tips = tips();
    return target.isPresent()
        && tips.size() == 1
        && SquashMerge.isIn(main(), tips.getFirst(), target.get());
  }

  /**
   * Keeps the commits of a branch that was squashed into another.
   *
   * @return the ref that holds them; empty for other branches
   */
  Optional<String> keepSquashed() throws InterruptedException {
    if (unmergedHere() == 0 || !isSquashed()) {
      return Optional.empty();
    }
    String ref = MERGED + env.branch();
    OwnRefs.write(main(), Map.of(ref, tips().getFirst()));
    return Optional.of(ref);
  }

  private Optional<String> target() throws InterruptedException {
    if (env.baseBranch() == null) {
      return Optional.empty();
    }
    String remote =
        env.baseRemote() != null
            ? env.baseRemote()
            : Repository.recorded(git, env.repo()).remote().orElse("");
    Optional<String> there = main().reader().commit(Remote.tracking(remote, env.baseBranch()));
    return there.isPresent() ? there : main().reader().commit("refs/heads/" + env.baseBranch());
  }

  /**
   * Returns a ref that holds the worktree's commits when the worktree is gone; empty when it has
   * none of its own.
   */
  public Optional<String> refElsewhere() throws InterruptedException {
    List<String> tips = tips();
    if (tips.isEmpty() || ahead() == 0) {
      return Optional.empty();
    }
    return main()
        .lines("for-each-ref", "--format=%(refname)", "--contains=" + tips.getFirst())
        .stream()
        .filter(ref -> !ref.equals(branch()))
        .min((one, other) -> Integer.compare(rank(one), rank(other)));
  }

  /** The branch's own copy at a remote comes after others: what is known of it may be outdated. */
  private int rank(String ref) {
    if (ref.startsWith("refs/remotes/")) {
      return ref.endsWith("/" + env.branch()) ? 2 : 1;
    }
    return ref.startsWith("refs/heads/") ? 0 : 3;
  }

  /**
   * Keeps all of it reachable: files and commits under {@code refs/conductor/trash/}, what nested
   * repositories and submodules hold under {@code refs/conductor/nested/}.
   */
  public void toTrash() throws InterruptedException {
    String ref = TRASH + env.id();
    if (present()) {
      inPlaceToTrash(ref);
    } else if (Files.isDirectory(env.path())) {
      strayFilesToTrash(ref);
    }
    Optional<String> tip = main().reader().commit(branch());
    Optional<String> kept = main().reader().commit(ref);
    if (tip.isPresent() && (kept.isEmpty() || !main().reader().isAncestor(tip.get(), kept.get()))) {
      OwnRefs.write(main(), Map.of(kept.isPresent() ? ref + "-branch" : ref, tip.get()));
    }
  }

  private void inPlaceToTrash(String ref) throws InterruptedException {
    Git here = inspector.git(env);
    WorktreeState state = inspector.look(env);
    for (String path : state.nested()) {
      NestedRepositories.keep(here, main(), path, NESTED + env.id());
    }
    Submodules.keep(here, main(), NESTED + env.id());
    if (state.dirty()) {
      new Trees(git, inspector).trash(env, "Uncommitted work of " + env.id(), ref);
    } else {
      OwnRefs.write(main(), Map.of(ref, state.head()));
    }
  }

  /** Files that are no worktree any more, upon the branch that they were of. */
  private void strayFilesToTrash(String ref) throws InterruptedException {
    String parent = main().reader().commit(branch()).orElse(env.baseCommit());
    Path directory = main().commonDirectory();
    Path index = directory.resolve("conductor-" + env.id() + ".index");
    Git files =
        git.at(env.path())
            .with("GIT_DIR", directory.toString())
            .with("GIT_WORK_TREE", env.path().toString())
            .with("GIT_INDEX_FILE", index.toString());
    try {
      files.must("add", "--all", "--", ".");
      String commit =
          files
              .asConductor()
              .must(
                  "commit-tree",
                  files.must("write-tree"),
                  "-p",
                  parent,
                  "-m",
                  "Files of " + env.id());
      OwnRefs.write(main(), Map.of(ref, commit));
    } finally {
      index.toFile().delete();
    }
  }
}
