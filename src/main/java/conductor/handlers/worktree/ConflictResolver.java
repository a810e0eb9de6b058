package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Call;
import java.util.List;

/** Resolves the conflicts of a merge in the merged worktree, such as by an agent. */
@FunctionalInterface
public interface ConflictResolver {

  /** Resolves conflicts, given as paths and kinds, by editing files; the caller checks them. */
  void resolve(Call call, WorktreeEnv merged, List<String> files) throws InterruptedException;
}
