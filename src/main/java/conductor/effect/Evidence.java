package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a worktree as the host observed it, whatever an agent says of it.
 *
 * @param head the id of the commit that is checked out
 * @param clean whether nothing is uncommitted
 * @param ahead the number of commits that its base does not have
 * @param pushed whether the remote's branch is at the same commit; null when nobody asked
 * @param command the result of the command; null when there was none
 * @param facts all observations in words, a line each
 */
public record Evidence(
    String head,
    boolean clean,
    int ahead,
    @Nullable Boolean pushed,
    @Nullable ExecResult command,
    List<String> facts) {

  public Evidence {
    facts = List.copyOf(facts);
  }
}
