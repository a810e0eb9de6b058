package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnRefs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Snapshots of worktrees after the effects of a run: commits under {@code refs/conductor/RUN/},
 * each with the commit that was checked out as its parent. Files that git ignores are not in them.
 *
 * @param git git with the host's environment
 */
public record WorktreeSnapshots(Git git, WorktreeInspector inspector) {

  private static final String ROOT = "refs/conductor/";

  private static String ref(Key key, WorktreeEnv env) {
    return ROOT + key.run() + "/" + key.fileName().replace("..", "._") + "/" + env.id();
  }

  /** Saves a snapshot of a worktree for an effect; does nothing when the worktree is gone. */
  void keep(Key key, WorktreeEnv env) throws InterruptedException {
    if (inspector.lost(env).isEmpty()) {
      snapshot(
          env,
          inspector.look(env),
          List.of(),
          "After " + key,
          List.of(ref(key, env), newestRef(key.run(), env)));
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
    String tree =
        Staging.aside(
            here, state, inside, inspector.gitDirectory(env), index -> index.must("write-tree"));
    String commit = here.asConductor().must("commit-tree", tree, "-p", state.head(), "-m", message);
    OwnRefs.write(here, refs.stream().collect(Collectors.toMap(ref -> ref, _ -> commit)));
  }

  /** Returns the newest snapshot of a worktree by a run; empty when there is none. */
  public Optional<String> newest(String run, WorktreeEnv env) throws InterruptedException {
    return git.at(env.repo()).reader().commit(newestRef(run, env));
  }

  private static String newestRef(String run, WorktreeEnv env) {
    return ROOT + run + "/newest/" + env.id();
  }

  /** Returns the snapshot of a worktree after an effect; empty when there is none. */
  public Optional<String> kept(Key key, WorktreeEnv env) throws InterruptedException {
    return git.at(env.repo()).reader().commit(ref(key, env));
  }
}
