package bench;

import conductor.effect.Control;
import conductor.effect.Performer;
import conductor.effect.Site;
import conductor.journal.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Durable effects, each forced to the disk before the next of its branch: in one branch and in
 * many.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BranchesBench {

  private static final int BRANCHES = 64;
  private static final int EACH = 10;

  private final Path directory = Runs.directory();

  /** Performs an effect of a row in one branch. */
  @Benchmark
  @OperationsPerInvocation(BRANCHES * EACH)
  public void one() throws Exception {
    durable(Runs.row(BRANCHES * EACH));
  }

  /** Performs an effect in one of 64 branches. */
  @Benchmark
  @OperationsPerInvocation(BRANCHES * EACH)
  public void many() throws Exception {
    durable(performer ->
        performer.perform(
            new Control.Gather(
                Control.keyed(Collections.nCopies(BRANCHES, branch(performer))), false, true),
            Site.HOST));
  }

  private static Callable<String> branch(Performer performer) {
    return () -> {
      Runs.row(EACH).accept(performer);
      return "done";
    };
  }

  private void durable(Consumer<Performer> script) throws IOException, InterruptedException {
    Path file = directory.resolve("journal.jsonl");
    try (var journal = FileJournal.open(file)) {
      Runs.execute(journal, directory, Runs.atOnce(), script);
    }
    Files.delete(file);
  }
}
