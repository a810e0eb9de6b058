package conductor.simulation;

import conductor.engine.RunListener;
import conductor.journal.Entry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Ends a simulated run that does not end by itself: one that asks for too many effects, or for none
 * for long. Used on the thread of the run's loop.
 *
 * @param steps the largest number of effects
 * @param asked counts them, together with those of the runs that share it
 * @param patience how often in a row it may be busy for ten seconds, which a slow machine is too
 * @param silences counts how often it was since it asked
 * @param end ends the run, and is told why; called again for as long as the run goes on
 */
public record EffectLimit(
    int steps, AtomicInteger asked, int patience, AtomicInteger silences, Consumer<String> end)
    implements RunListener {

  public EffectLimit(int steps, AtomicInteger asked, int patience, Consumer<String> end) {
    this(steps, asked, patience, new AtomicInteger(), end);
  }

  @Override
  public void appended(Entry entry) {
    silences.set(0);
    boolean counts = entry instanceof Entry.Asked || entry instanceof Entry.Branched;
    if (counts && asked.incrementAndGet() >= steps) {
      end.accept("it asked for %d effects and goes on: --steps allows more".formatted(steps));
    }
  }

  @Override
  public void busy(String where) {
    if (silences.incrementAndGet() >= patience) {
      end.accept("it runs without asking for an effect: " + where);
    }
  }
}
