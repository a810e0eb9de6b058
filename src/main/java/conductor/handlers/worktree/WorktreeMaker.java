package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Repository;
import java.nio.file.Path;

/**
 * Makes the worktrees of a run: chooses the branch's prefix, checks out the files and prepares
 * them.
 *
 * @param project the directory that the run was started in, which files are copied from
 */
record WorktreeMaker(
    WorktreeBranches branches,
    BranchPrefix prefix,
    Preparation preparation,
    WorktreeSnapshots snapshots,
    GitJobs jobs,
    Path project) {

  /** Makes a worktree with its files, or completes the one begun with the same key. */
  WorktreeEnv add(WorktreePlan plan, Call call) throws InterruptedException {
    if (plan.branch() != null) {
      prefix.mustBeFree(plan.repository(), plan.branch(), call.key().toString());
    }
    String first = plan.branch() == null ? prefix.of(plan.repository(), call::say) : "";
    return branches.add(plan, first, jobs, call);
  }

  /** Makes a worktree again if its directory is gone. */
  void again(Repository repository, WorktreeEnv env, Call call) throws InterruptedException {
    branches.again(
        repository.git(), env, call.key().toString(), call.key().run(), env.baseCommit());
  }

  /** Prepares a worktree with the files of the checkout started in, in a step of its own. */
  void prepare(WorktreeEnv env, StartingPlace from, Call call) throws InterruptedException {
    call.step(
        "prepare",
        Act.adoptable(step -> {
          WorktreeState state =
              preparation.of(env, from, job -> spec -> jobs.once(step, job, spec), step::say);
          branches.ready(env);
          snapshots.willKeep(call.key(), state);
          return true;
        }));
  }

  /** Returns the directory that the run was started in. */
  StartingPlace start() {
    return new StartingPlace(preparation.git().at(project));
  }

  void remove(Repository repository, WorktreeEnv env) throws InterruptedException {
    branches.remove(repository.git(), env);
  }
}
