package conductor.engine;

import conductor.journal.Entry;
import conductor.journal.Position;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Records how controls ended, each once, unless the journal says it. Belongs to the loop's thread.
 */
final class Settlements {

  private final Trace trace;
  private final History history;
  private final InstantSource clock;
  private final Set<Position> recorded = new HashSet<>();

  Settlements(Trace trace, History history, InstantSource clock) {
    this.trace = trace;
    this.history = history;
    this.clock = clock;
  }

  /**
   * Records the end of a control.
   *
   * @param delivered how many replies and other deliveries had been handed out before
   */
  void record(Join join, int delivered) {
    if (!history.settled(join.position) && recorded.add(join.position)) {
      var settlement = join.settlement().orElseThrow();
      trace.append(
          new Entry.Settled(
              clock.instant(),
              join.position,
              settlement.how(),
              settlement.decider(),
              settlement.cancelled(),
              delivered));
    }
  }
}
