package conductor.process;

import conductor.error.Unchecked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Writes lines to the standard input of a {@linkplain Job#converse job}. They are kept in the file
 * {@code in}, which outlives the writer and the job.
 *
 * <ul>
 *   <li><b>T1</b> The job reads the lines that were written, in their order, each once.
 *   <li><b>T2</b> A line whose writer died in the middle of it never reaches the job, and the next
 *       line reaches it whole.
 *   <li><b>T3</b> There is one writer at a time; its lock ends with its process.
 *   <li><b>T4</b> What was written can be read again, line by line, by any process.
 * </ul>
 *
 * A line on disk ends in a tab and a newline; the tab says that it is whole. Not safe for use by
 * several threads.
 */
public final class LineWriter implements AutoCloseable {

  private static final String END_OF_INPUT = "\u0004";

  private final Path file;
  private final FileChannel channel;

  private LineWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Becomes the writer of a job; empty when it has another one. */
  public static Optional<LineWriter> open(Job job) {
    Path file = job.directory().resolve("in");
    return Unchecked.get("write " + file, () -> writer(file));
  }

  private static Optional<LineWriter> writer(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel).isEmpty()) {
      channel.close();
      return Optional.empty();
    }
    var writer = new LineWriter(file, channel);
    writer.endTornLine();
    return Optional.of(writer);
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private void endTornLine() throws IOException {
    long size = channel.size();
    var last = ByteBuffer.allocate(1);
    channel.position(size);
    if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
      write("\n");
    }
  }

  /** Writes a line, in which there must be no line end. */
  public void writeLine(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line with a line end: " + line);
    }
    Unchecked.run("write " + file, () -> write(line + "\t\n"));
  }

  public void end() {
    writeLine(END_OF_INPUT);
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns the whole lines that were written to a job so far. */
  public static List<String> written(Job job) {
    var reader = new LineReader(job.directory().resolve("in"));
    return reader.lines().stream()
        .filter(line -> line.endsWith("\t"))
        .map(line -> line.substring(0, line.length() - 1))
        .filter(line -> !line.equals(END_OF_INPUT))
        .toList();
  }

  /** Releases the lock; the job's input stays open. */
  @Override
  public void close() {
    Unchecked.run("write " + file, channel::close);
  }
}
