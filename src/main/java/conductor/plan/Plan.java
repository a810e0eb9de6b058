package conductor.plan;

import conductor.effect.Effect;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import java.util.List;
import java.util.Optional;

/**
 * What a workflow did when nothing was performed.
 *
 * @param result how it ended with the answers it got; aborted when it did not end
 * @param entries its journal
 * @param asked the effects that would be performed, in the order in which they were asked for
 * @param endless why the workflow was ended from outside; empty when it ended by itself
 */
public record Plan(
    RunResult result, List<Entry> entries, List<Asked> asked, Optional<String> endless) {

  public Plan {
    entries = List.copyOf(entries);
    asked = List.copyOf(asked);
  }

  /**
   * An effect that would be performed.
   *
   * @param position such as {@code 4.impl.1}
   */
  public record Asked(String position, Effect<?> effect) {}
}
