package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnRefs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Snapshots of worktrees after the effects of a run: commits under {@code refs/conductor/RUN/},
 * each with the commit that was checked out as its parent. Files that git ignores are not in them.
 * Safe for use by several threads.
 */
public final class WorktreeSnapshots {

  private static final String ROOT = "refs/conductor/";

  /** Commits a tree ($1, or that of the index) upon a commit ($2) and sets refs ($4) to it. */
  private static final String ALL =
      """
      tree=$1 head=$2 message=$3 refs=$4
      shift 4
      [ -n "$tree" ] || tree=$("$@" write-tree) || exit
      commit=$("$@" commit-tree "$tree" -p "$head" -m "$message") || exit
      for ref in $refs; do echo "update $ref $commit"; done | "$@" update-ref --stdin
      """;

  private final Git git;
  private final WorktreeInspector inspector;
  private final Map<String, WorktreeState> seen = new ConcurrentHashMap<>();

  /**
   * @param git git with the host's environment
   */
  public WorktreeSnapshots(Git git, WorktreeInspector inspector) {
    this.git = git;
    this.inspector = inspector;
  }

  /**
   * Takes the state in which an effect has just found the worktree that it made, so that {@link
   * #keep} need not look again.
   */
  void willKeep(Key key, WorktreeState state) {
    seen.put(ref(key, state.env()), state);
  }

  private static String ref(Key key, WorktreeEnv env) {
    return below(key.run()) + name(key) + "/" + env.id();
  }

  /** Returns what the names of the refs of a run's snapshots begin with. */
  public static String below(String run) {
    return ROOT + run + "/";
  }

  /**
   * Returns the name below which the snapshots after an effect are kept, each under the id of its
   * worktree.
   */
  public static String name(Key key) {
    return key.fileName().replace("..", "._");
  }

  /**
   * Saves a snapshot of a worktree for an effect; does nothing when the worktree is gone. None is
   * kept of a checkout: nobody would write it back, and it may hold files that are no project's.
   */
  void keep(Key key, WorktreeEnv env) throws InterruptedException {
    if (env.ofUser()) {
      return;
    }
    String ref = ref(key, env);
    WorktreeState known = seen.remove(ref);
    if (inspector.lost(env).isEmpty()) {
      WorktreeState state = known == null ? inspector.look(env) : known;
      snapshot(env, state, List.of(), "After " + key, List.of(ref, newestRef(key.run(), env)));
    }
  }

  /** Saves a worktree that is about to be removed, with the files of changed submodules. */
  void trash(WorktreeEnv env, String message, String ref) throws InterruptedException {
    WorktreeState state = inspector.look(env);
    List<String> inside =
        state.submodules().stream()
            .filter(submodule -> submodule.edited() || submodule.untracked())
            .map(WorktreeState.Submodule::path)
            .toList();
    snapshot(env, state, inside, message, List.of(ref));
  }

  /** Commits a worktree's files upon the checked-out commit, and sets some refs to the commit. */
  private void snapshot(
      WorktreeEnv env, WorktreeState state, List<String> inside, String message, List<String> refs)
      throws InterruptedException {
    Git here = inspector.git(env);
    if (state.isAsCommitted() && inside.isEmpty()) {
      commit(here, state, state.head() + "^{tree}", message, refs);
    } else {
      Staging.aside(
          here,
          state,
          inside,
          inspector.gitDirectory(env),
          index -> {
            commit(index, state, "", message, refs);
            return true;
          });
    }
  }

  /**
   * Commits a tree. A shell starts git for all that is to be done; where that fails, each part is
   * done again by itself, which clears what a killed git left, or says what is wrong.
   *
   * @param tree empty for that of git's index
   */
  private static void commit(
      Git git, WorktreeState state, String tree, String message, List<String> refs)
      throws InterruptedException {
    Git author = git.asConductor();
    if (!author.script(ALL, tree, state.head(), message, String.join(" ", refs)).ok()) {
      String whole = tree.isEmpty() ? git.must("write-tree") : tree;
      String commit = author.must("commit-tree", whole, "-p", state.head(), "-m", message);
      OwnRefs.write(git, refs.stream().collect(Collectors.toMap(ref -> ref, _ -> commit)));
    }
  }

  /** Returns the newest snapshot of a worktree by a run; empty when there is none. */
  public Optional<String> newest(String run, WorktreeEnv env) throws InterruptedException {
    return git.at(env.repo()).reader().commit(newestRef(run, env));
  }

  private static String newestRef(String run, WorktreeEnv env) {
    return below(run) + "newest/" + env.id();
  }

  /** Returns the snapshot of a worktree after an effect; empty when there is none. */
  public Optional<String> kept(Key key, WorktreeEnv env) throws InterruptedException {
    return git.at(env.repo()).reader().commit(ref(key, env));
  }
}
