package conductor.run.execution;

import conductor.config.Configuration;
import conductor.config.Trust;
import conductor.handlers.git.Git;
import conductor.handlers.worktree.Preparation;
import conductor.handlers.worktree.RepositoryLocks;
import conductor.handlers.worktree.WorktreeBranches;
import conductor.handlers.worktree.WorktreeInspector;
import conductor.handlers.worktree.WorktreeSnapshots;
import conductor.handlers.worktree.Worktrees;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.time.InstantSource;

/**
 * The objects that work on the worktrees of a state directory.
 *
 * @param git git with the host's environment
 */
record WorktreeTools(
    Git git,
    Worktrees worktrees,
    WorktreeInspector inspector,
    WorktreeBranches branches,
    WorktreeSnapshots trees) {

  static WorktreeTools of(StateDirectory state, Locks locks, InstantSource clock, Git git) {
    var worktrees = new Worktrees(state);
    var inspector = new WorktreeInspector(git, worktrees);
    var branches =
        new WorktreeBranches(worktrees, new RepositoryLocks(state, locks), inspector, clock);
    return new WorktreeTools(
        git, worktrees, inspector, branches, new WorktreeSnapshots(git, inspector));
  }

  /** Returns the preparation of new worktrees, such as the setup command. */
  Preparation preparation(Configuration configuration, Trust trust) {
    return new Preparation(
        inspector,
        git,
        configuration.command("worktree.setup"),
        configuration.texts("worktree.setups"),
        trust);
  }
}
