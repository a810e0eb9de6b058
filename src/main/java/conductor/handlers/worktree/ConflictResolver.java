package conductor.handlers.worktree;

import conductor.effect.AgentChoice;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Call;
import java.util.List;

/** Resolves the conflicts of a merge in the merged worktree, such as by an agent. */
@FunctionalInterface
public interface ConflictResolver {

  /**
   * Resolves conflicts, given as paths and kinds, by editing files; the caller checks them.
   *
   * @param who the agent that does it
   */
  void resolve(Call call, WorktreeEnv merged, AgentChoice who, List<String> files)
      throws InterruptedException;
}
