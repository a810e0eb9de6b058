package bench;

import com.sun.management.OperatingSystemMXBean;
import conductor.effect.Control;
import conductor.effect.Site;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handlers;
import conductor.journal.FileJournal;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a branch costs that waits for an act, in a run with 10,000 of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BlockedBench {

  private static final int BRANCHES = 10_000;

  private final Path directory = Runs.directory();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What one branch costs. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Each {

    /** Bytes of the heap. */
    public long bytes;

    /** Microseconds of all cores. */
    public long cpu;

    /** Forgets what was measured before. */
    @Setup(Level.Iteration)
    public void forget() {
      bytes = 0;
      cpu = 0;
    }
  }

  /** Begins a run whose branches all wait, and ends it. */
  @Benchmark
  public void blocked(Each each) throws Exception {
    var arrived = new CountDownLatch(BRANCHES);
    var release = new CountDownLatch(1);
    Act.Work<Integer> work =
        call -> {
          arrived.countDown();
          release.await();
          return 0;
        };
    Handlers handlers =
        Handlers.none().with(Runs.Deed.class, (Runs.Deed deed) -> Act.repeatable(work));
    Path file = directory.resolve("journal.jsonl");
    long before = heap();
    long begun = system.getProcessCpuTime();
    try (var journal = FileJournal.open(file);
        var executor = Executors.newSingleThreadExecutor()) {
      var run = executor.submit(() -> execute(journal, handlers));
      arrived.await();
      each.cpu = (system.getProcessCpuTime() - begun) / 1_000 / BRANCHES;
      each.bytes = (heap() - before) / BRANCHES;
      release.countDown();
      run.get();
    }
    Files.delete(file);
  }

  private Void execute(FileJournal journal, Handlers handlers) throws InterruptedException {
    Runs.execute(
        journal,
        directory,
        handlers,
        performer -> {
          Callable<Object> branch = () -> performer.perform(new Runs.Deed(0), Site.HOST);
          performer.perform(
              new Control.Gather(Control.keyed(Collections.nCopies(BRANCHES, branch)), false, true),
              Site.HOST);
        });
    return null;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
