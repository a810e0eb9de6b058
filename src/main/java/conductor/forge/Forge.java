package conductor.forge;

import conductor.effect.MergeStrategy;
import conductor.effect.PRHandle;
import conductor.effect.WorktreeEnv;
import conductor.handler.Key;
import java.util.List;
import java.util.Optional;

/**
 * What hosts pull requests. Every act can be found again by its key: a forge is asked first whether
 * it was done.
 */
public interface Forge {

  /**
   * What is to be proposed.
   *
   * @param body markdown; empty for none
   * @param key the mark that it is found by
   */
  record Proposal(
      WorktreeEnv env,
      String title,
      String body,
      String target,
      boolean draft,
      List<String> labels,
      Key key) {}

  /** The pull request that was opened with a key. */
  Optional<PRHandle> find(WorktreeEnv env, Key key) throws InterruptedException;

  /** Opens a pull request. */
  PRHandle open(Proposal proposal) throws InterruptedException;

  /**
   * Merges a pull request; one that is merged is left as it is.
   *
   * @throws conductor.effect.ForgeFailure.NotMergeable when it conflicts or was closed
   */
  PRHandle merge(PRHandle pr, MergeStrategy strategy, boolean deleteBranch, Key key)
      throws InterruptedException;
}
