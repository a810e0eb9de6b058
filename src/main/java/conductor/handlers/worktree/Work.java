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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what work a worktree and its branch contain, also when the worktree's directory is
 * gone, and saves it. Work counts as existing elsewhere only if it is reachable from a ref: of
 * another branch, of a remote that was asked, or under {@code refs/conductor/}.
 *
 * @param git git with the host's environment, anywhere
 */
public record Work(Git git, WorktreeInspector inspector, WorktreeEnv env) {

  /** The prefix of the refs to the original commits of branches that were squashed or rebased. */
  public static final String MERGED = "refs/conductor/merged/";

  private static final String TRASH = "refs/conductor/trash/";
  private static final String NESTED = "refs/conductor/nested/";

  private Git main() {
    return git.at(env.repo());
  }

  private String branch() {
    return "refs/heads/" + env.branch();
  }

  /** Returns whether the directory exists and still is this worktree. */
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

  /** Returns how many commits were made since the worktree was made. */
  int ahead() throws InterruptedException {
    return count("--not", env.baseCommit());
  }

  /**
   * Returns how many commits are on no other branch, here or at a remote, and were not merged by a
   * pull request. Uses remote-tracking branches without asking remotes.
   */
  int unmerged() throws InterruptedException {
    return count(
        "--not",
        "--exclude=" + env.branch(),
        "--branches",
        "--remotes",
        "--glob=" + MERGED + "*",
        env.baseCommit());
  }

  /** Returns the number of {@link #unmerged} commits without the branch's own copy at a remote. */
  private int unmergedHere() throws InterruptedException {
    return count(
        "--not",
        "--exclude=" + env.branch(),
        "--branches",
        "--exclude=*/" + env.branch(),
        "--remotes",
        "--glob=" + MERGED + "*",
        env.baseCommit());
  }

  private int count(String... without) throws InterruptedException {
    var words = new ArrayList<>(tips());
    if (words.isEmpty()) {
      return 0;
    }
    words.addAll(List.of(without));
    return main().count(words.toArray(String[]::new));
  }

  /**
   * Returns in words why the worktree must not be removed; empty when nothing would be lost. Asks
   * the remote when only its copy of the branch has the commits.
   */
  public Optional<String> reasonToKeep() throws InterruptedException {
    try {
      return present() ? inPlace() : branchAlone();
    } catch (GitFailure e) {
      return Optional.of("git cannot say what it holds: " + e.getMessage());
    }
  }

  /**
   * Returns in words how people changed the worktree as a whole: it is locked, was moved, has
   * another branch checked out, or is not a worktree any more. Empty when none of this holds, or it
   * is gone.
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

  /** Returns how many commits would be lost if the branch were removed. */
  private int lost() throws InterruptedException {
    int commits = unmergedHere();
    return commits == 0 || isAtRemote() || isSquashed() ? 0 : commits;
  }

  /** Asks the remote whether its branch has all commits: what was fetched may be outdated. */
  private boolean isAtRemote() throws InterruptedException {
    Repository repository = Repository.recorded(git, env.repo());
    for (String remote : repository.remoteNames()) {
      if (main().reader().hasRef(Remote.tracking(remote, env.branch()))) {
        Optional<String> there = Remotes.isAt(repository, remote, env.branch());
        return there.isPresent()
            && main().reader().commit(there.get()).isPresent()
            && count("--not", there.get()) == 0;
      }
    }
    return false;
  }

  /** Returns whether the base branch has all changes, though not the commits, as when squashed. */
  private boolean isSquashed() throws InterruptedException {
    Optional<String> target = target();
    List<String> tips = tips();
    return target.isPresent()
        && tips.size() == 1
        && SquashMerge.isIn(main(), tips.getFirst(), target.get());
  }

  /** Sets a ref under {@link #MERGED} for a squashed branch and returns it; empty for others. */
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

  /** Returns another ref that has the worktree's commits; empty when there is none of either. */
  public Optional<String> refElsewhere() throws InterruptedException {
    List<String> tips = tips();
    if (tips.isEmpty() || ahead() == 0) {
      return Optional.empty();
    }
    return main()
        .lines("for-each-ref", "--format=%(refname)", "--contains=" + tips.getFirst())
        .stream()
        .filter(ref -> !ref.equals(branch()))
        .min(Comparator.comparingInt(this::rank));
  }

  /** Returns the rank of a ref, lower being better; a branch's own copy may be outdated. */
  private int rank(String ref) {
    if (ref.startsWith("refs/remotes/")) {
      return ref.endsWith("/" + env.branch()) ? 2 : 1;
    }
    return ref.startsWith("refs/heads/") ? 0 : 3;
  }

  /**
   * Saves all work under refs: files and commits under {@code refs/conductor/trash/}, the commits
   * of nested repositories and submodules under {@code refs/conductor/nested/}; returns the first.
   */
  public String toTrash() throws InterruptedException {
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
    return ref;
  }

  private void inPlaceToTrash(String ref) throws InterruptedException {
    Git here = inspector.git(env);
    WorktreeState state = inspector.look(env);
    for (String path : state.nested()) {
      NestedRepositories.keep(here, main(), path, NESTED + env.id());
    }
    Submodules.keep(here, main(), NESTED + env.id());
    if (state.dirty()) {
      new WorktreeSnapshots(git, inspector).trash(env, "Uncommitted work of " + env.id(), ref);
    } else {
      OwnRefs.write(main(), Map.of(ref, state.head()));
    }
  }

  /** Saves the files of a directory that is no worktree any more, in a commit upon its branch. */
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
      String tree = files.must("write-tree");
      String message = "Files of " + env.id();
      String commit = files.asConductor().must("commit-tree", tree, "-p", parent, "-m", message);
      OwnRefs.write(main(), Map.of(ref, commit));
    } finally {
      index.toFile().delete();
    }
  }
}
