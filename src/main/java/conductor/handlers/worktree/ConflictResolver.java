package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Call;
import java.util.List;

/** Somebody who resolves the conflicts of a merge in the merged worktree. */
@FunctionalInterface
public interface ConflictResolver {

  /**
   * Resolves them by editing the files.
   *
   * @param files with conflict markers
   */
  void resolve(Call call, WorktreeEnv merged, List<String> files) throws InterruptedException;
}
