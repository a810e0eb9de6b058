package bench;

import conductor.engine.handler.Act;
import conductor.engine.handler.Handlers;
import conductor.journal.FileJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.json.JsonMapper;

/** Replays the journal of a run that was killed, beside parsing its lines with Jackson. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplayBench {

  private static final int EFFECTS = 10_000;

  private final Path directory = Runs.directory();
  private final Path file = directory.resolve("journal.jsonl");
  private final JsonMapper mapper = JsonMapper.shared();

  /** Writes the journal. */
  @Setup
  public void write() throws InterruptedException {
    try (var journal = new Runs.Unforced(FileJournal.open(file))) {
      Runs.execute(journal, directory, Runs.atOnce(), Runs.row(EFFECTS));
    }
  }

  /** Reads the journal and replays an effect. */
  @Benchmark
  @OperationsPerInvocation(EFFECTS)
  public void replay(Cpu cpu) throws InterruptedException {
    Handlers none =
        Handlers.none()
            .with(Runs.Deed.class, (Runs.Deed deed) -> Act.adoptable(refused(), refused()));
    try (var journal = new Runs.Unforced(FileJournal.open(file))) {
      Runs.execute(journal, directory, none, Runs.row(EFFECTS));
    }
    cpu.count(EFFECTS);
  }

  private static Act.Work<Integer> refused() {
    return call -> {
      throw new IllegalStateException("a replay performs nothing");
    };
  }

  /** Parses the lines of an effect. */
  @Benchmark
  @OperationsPerInvocation(EFFECTS)
  public void parse(Cpu cpu, Blackhole hole) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hole.consume(mapper.readTree(line));
      }
    }
    cpu.count(EFFECTS);
  }
}
