package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import conductor.journal.Entry;
import conductor.journal.FileJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Appends the two records of an effect, beside hashing and writing as many bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBench {

  private static final int RECORDS = 2;

  private Path directory;
  private List<Entry> entries;
  private List<byte[]> lines;
  private FileJournal journal;
  private FileChannel raw;

  /** Makes the records of an effect, as the engine does. */
  @Setup
  public void records() throws Exception {
    directory = Runs.directory();
    Path file = directory.resolve("one.jsonl");
    try (var one = new Runs.Unforced(FileJournal.open(file))) {
      Runs.execute(one, directory, Runs.atOnce(), Runs.row(1));
    }
    try (var one = FileJournal.open(file)) {
      entries =
          one.entries().stream()
              .filter(entry -> entry instanceof Entry.Asked || entry instanceof Entry.Replied)
              .toList();
    }
    lines = Files.readAllLines(file).stream().map(line -> (line + "\n").getBytes(UTF_8)).toList();
    lines = lines.subList(lines.size() - RECORDS, lines.size());
    if (entries.size() != RECORDS) {
      throw new IllegalStateException("an effect has the records " + entries);
    }
  }

  /** Begins new files. */
  @Setup(Level.Iteration)
  public void files() throws IOException {
    journal = FileJournal.open(directory.resolve("journal.jsonl"));
    raw =
        FileChannel.open(
            directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Deletes the files. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    journal.close();
    raw.close();
    Files.delete(directory.resolve("journal.jsonl"));
    Files.delete(directory.resolve("raw"));
  }

  /** Encodes a record, hashes it and writes it without forcing it to the disk. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void append(Cpu cpu) {
    entries.forEach(journal::append);
    cpu.count(RECORDS);
  }

  /** Hashes the bytes of a record and writes them. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void raw(Cpu cpu) throws IOException, NoSuchAlgorithmException {
    for (byte[] line : lines) {
      MessageDigest.getInstance("SHA-256").digest(line);
      raw.write(ByteBuffer.wrap(line));
    }
    cpu.count(RECORDS);
  }
}
