package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Call;
import java.util.List;

/** Resolves the conflicts of a merge in the merged worktree, such as by an agent. */
@FunctionalInterface
public interface ConflictResolver {

  /**
   * Resolves conflicts by editing files. The caller checks whether they are resolved.
   *
   * @param files the paths in conflict, with the kind of conflict where it is not the usual one
   */
  void resolve(Call call, WorktreeEnv merged, List<String> files) throws InterruptedException;
}
