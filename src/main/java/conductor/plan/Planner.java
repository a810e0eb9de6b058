package conductor.plan;

import conductor.effect.Program;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.MemoryJournal;
import conductor.journal.Redactor;
import conductor.simulation.TypicalHandler;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workflow in the real engine, with a journal in memory and made-up answers. Ends a workflow
 * that asks for too many effects, or for none for ten seconds.
 */
public final class Planner {

  private static final String RUN = "wf-000000";

  private final TypicalHandler typical;
  private final int steps;
  private final AtomicInteger asked;
  private final Path scratch;

  /**
   * Returns a planner for one run of a program.
   *
   * @param steps the largest number of effects
   * @param asked counts them, together with those of parents and siblings
   * @param scratch a directory for values that are large
   */
  public Planner(TypicalHandler typical, int steps, AtomicInteger asked, Path scratch) {
    this.typical = typical;
    this.steps = steps;
    this.asked = asked;
    this.scratch = scratch;
  }

  /** Runs a program, whose child workflows are asked for once it has ended. */
  public Plan plan(Program program, Supplier<List<Plan.Child>> children)
      throws InterruptedException {
    var journal = new MemoryJournal();
    var limit = new Limit();
    var run =
        new Run(
            RUN,
            journal,
            new Codec(new Blobs(scratch), Redactor.none()),
            typical.handlers(),
            Parking.never(),
            limit,
            InstantSource.system());
    limit.run = run;
    RunResult result = run.execute(program);
    return new Plan(result, journal.all(), typical.asked(), children.get(), limit.why);
  }

  /** Ends a run that does not end by itself. Used on the thread of the run's loop only. */
  private final class Limit implements RunListener {

    private @Nullable Run run;
    private Optional<String> why = Optional.empty();

    @Override
    public void appended(Entry entry) {
      boolean counts = entry instanceof Entry.Asked || entry instanceof Entry.Branched;
      if (counts && asked.incrementAndGet() >= steps) {
        end("it asked for %d effects and goes on: --steps allows more".formatted(steps));
      }
    }

    @Override
    public void busy(String where) {
      end("it runs without asking for an effect: " + where);
    }

    private void end(String reason) {
      if (why.isEmpty() && run != null) {
        why = Optional.of(reason);
        run.stop(reason);
      }
    }
  }
}
