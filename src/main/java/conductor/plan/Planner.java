package conductor.plan;

import conductor.effect.Program;
import conductor.engine.Run;
import conductor.engine.RunResult;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.MemoryJournal;
import conductor.journal.Redactor;
import conductor.simulation.EffectLimit;
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
    var end = new End();
    var run =
        new Run(
            RUN,
            journal,
            new Codec(new Blobs(scratch), Redactor.none()),
            typical.handlers(),
            Parking.never(),
            new EffectLimit(steps, asked, 1, end::of),
            InstantSource.system());
    end.run = run;
    RunResult result = run.execute(program);
    return new Plan(result, journal.all(), typical.asked(), children.get(), end.why);
  }

  /** Ends the run, for the first reason that there is. Used on the thread of its loop only. */
  private static final class End {

    private @Nullable Run run;
    private Optional<String> why = Optional.empty();

    void of(String reason) {
      if (why.isEmpty() && run != null) {
        why = Optional.of(reason);
        run.stop(reason);
      }
    }
  }
}
