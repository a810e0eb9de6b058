package bench;

import conductor.journal.MemoryJournal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The engine's own work for an effect: effects in a row, with a journal in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EffectBench {

  private static final int EFFECTS = 1_000;

  private final Path directory = Runs.directory();

  /** Performs an effect in a row. */
  @Benchmark
  @OperationsPerInvocation(EFFECTS)
  public void inARow(Cpu cpu) throws InterruptedException {
    Runs.execute(new MemoryJournal(), directory, Runs.atOnce(), Runs.row(EFFECTS));
    cpu.count(EFFECTS);
  }
}
