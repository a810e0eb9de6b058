package conductor.process;

import conductor.state.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records when a file of output had which size, in a file beside it whose name ends in {@code
 * .times}: lines of a size in bytes and milliseconds since the epoch, both rising. The output
 * itself stays as the program wrote it. What is printed within a tenth of a second has one time. A
 * size that was recorded once keeps its time, even when the output is written anew. Safe for use by
 * several threads.
 */
public final class OutputTimes {

  private static final Duration GRAIN = Duration.ofMillis(100);
  private static final Set<StandardOpenOption> ADDED =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18})");

  private final Path output;
  private final Path times;
  private long written;

  /** The growth that is not written yet, because more may come at nearly the same time. */
  private @Nullable Reached last;

  /** A size in bytes, and when the file had it first. */
  private record Reached(long size, Instant at) {}

  public OutputTimes(Path output) {
    this.output = output;
    this.times = file(output);
    List<Reached> before = read(output);
    this.written = before.isEmpty() ? 0 : before.getLast().size();
  }

  /**
   * Has the lines of a file that nothing is written to yet have times from the first on, also for
   * who reads one before its time is recorded. Does nothing for a file that is there.
   */
  public static void begin(Path output) {
    if (!Files.exists(output)) {
      try {
        write(file(output), "");
      } catch (IOException e) {
        // as in record()
      }
    }
  }

  private static Path file(Path output) {
    return output.resolveSibling(output.getFileName() + ".times");
  }

  /** Records what a job prints until this is closed. */
  static FileChanges.Watching of(Job job, FileChanges changes) {
    List<OutputTimes> outputs =
        List.of(new OutputTimes(job.out().file()), new OutputTimes(job.err().file()));
    outputs.forEach(OutputTimes::record);
    FileChanges.Watching watching =
        watching(job.directory(), changes, () -> outputs.forEach(OutputTimes::record));
    return () -> {
      watching.close();
      outputs.forEach(OutputTimes::close);
    };
  }

  /** A system that has no watches left costs the times between, not the command. */
  private static FileChanges.Watching watching(Path directory, FileChanges changes, Runnable run) {
    try {
      return changes.watch(directory, run);
    } catch (UncheckedIOException e) {
      return () -> {};
    }
  }

  /** Records the present size; does nothing while there is no output. */
  public synchronized void record() {
    try {
      var now = Files.readAttributes(output, BasicFileAttributes.class);
      var reached = new Reached(now.size(), now.lastModifiedTime().toInstant());
      if (last == null) {
        write(times, "");
        last = reached;
      } else if (reached.at().isBefore(last.at().plus(GRAIN))) {
        last = new Reached(Math.max(last.size(), reached.size()), last.at());
      } else if (reached.size() > last.size()) {
        flush(last);
        last = reached;
      }
    } catch (IOException e) {
      // missing, or the disk is full: a log without times can be read all the same
    }
  }

  private synchronized void close() {
    record();
    try {
      if (last != null) {
        flush(last);
      }
    } catch (IOException e) {
      // as above
    }
  }

  private void flush(Reached reached) throws IOException {
    if (reached.size() > written) {
      write(times, reached.size() + " " + reached.at().toEpochMilli() + "\n");
      written = reached.size();
    }
  }

  private static void write(Path times, String text) throws IOException {
    try (FileChannel file = PrivateFiles.open(times, ADDED)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }

  /** The times of one file of output, as they were when they were read. */
  public static final class Read {
    private final List<Reached> reached;
    private final Optional<Instant> changed;
    private int at;

    private Read(List<Reached> reached, Optional<Instant> changed) {
      this.reached = reached;
      this.changed = changed;
    }

    /**
     * Returns when the file had a size first, for rising sizes; the time of its last change where
     * that is not recorded yet, and empty when the file is older than such records.
     */
    public Optional<Instant> at(long size) {
      while (at < reached.size() && reached.get(at).size() < size) {
        at++;
      }
      return at < reached.size() ? Optional.of(reached.get(at).at()) : changed;
    }
  }

  /** Reads what was recorded for a file of output. */
  public static Read times(Path output) {
    Optional<Instant> changed =
        Files.exists(file(output)) ? Optional.of(changed(output)) : Optional.empty();
    return new Read(read(output), changed);
  }

  /** Returns when a file was changed last; the epoch when it is gone. */
  public static Instant changed(Path output) {
    try {
      return Files.getLastModifiedTime(output).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private static List<Reached> read(Path output) {
    try {
      return Files.readString(file(output))
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches) // a host that died may have left half a line
          .map(line ->
              new Reached(
                  Long.parseLong(line.group(1)),
                  Instant.ofEpochMilli(Long.parseLong(line.group(2)))))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
