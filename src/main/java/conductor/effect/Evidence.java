package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host observed of a worktree, whatever an agent says of it.
 *
 * @param head the commit that it is at
 * @param clean whether nothing is uncommitted
 * @param ahead how many commits it has that its base has not
 * @param pushed whether the remote's branch is at the same commit; null when nobody asked
 * @param command how the command ended; null when there was none
 * @param facts all of it in words, a line each
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
