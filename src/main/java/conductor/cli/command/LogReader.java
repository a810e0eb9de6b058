package conductor.cli.command;

import conductor.error.Reason;
import conductor.handlers.agent.Outputs;
import conductor.handlers.agent.Outputs.Part;
import conductor.process.OutputTimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the lines that were added to files of output since the last call, with the times at which
 * they were printed. Not safe for use by several threads.
 */
final class LogReader {

  /** Of a file that is larger only the end is read. */
  private static final int MOST = 16 << 20;

  private final boolean diffs;
  private final Instant since;
  private final Map<Part, Long> read = new HashMap<>();
  private boolean cut;

  /**
   * @param diffs whether to read what agents changed in files, line by line
   * @param since lines that were printed before are left out; those without a recorded time when
   *     their file was not changed since
   */
  LogReader(boolean diffs, Instant since) {
    this.diffs = diffs;
    this.since = since;
  }

  /** A line of output, with the time at which it was printed where that is known. */
  record Printed(Optional<Instant> at, String text) {}

  /** Returns whether only the end of some file was read. */
  boolean cut() {
    return cut;
  }

  /**
   * Reads the lines that were added to a file since the last call.
   *
   * @param all whether to include a last line without a line end
   * @param to takes each line as it is read: there may be millions
   */
  void unseen(Part part, boolean all, Consumer<Printed> to) {
    try (var channel = FileChannel.open(part.file(), StandardOpenOption.READ)) {
      long size = channel.size();
      cut |= !read.containsKey(part) && size > MOST;
      long from = read.getOrDefault(part, Math.max(0, size - MOST));
      if (from > size) {
        from = 0; // it was written anew
      }
      if (from == size) {
        read.put(part, from);
        return;
      }
      var bytes = ByteBuffer.allocate((int) Math.min(MOST, size - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      lines(part, from, bytes.array(), bytes.position(), all, to);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + part.file() + ": " + Reason.of(e), e);
    }
  }

  private void lines(
      Part part, long from, byte[] bytes, int length, boolean all, Consumer<Printed> to) {
    var times = OutputTimes.times(part.file());
    Instant changed = OutputTimes.changed(part.file());
    var line = new ByteArrayOutputStream();
    long taken = from;
    for (int i = 0; i < length; i++) {
      boolean ends = bytes[i] == '\n';
      if (!ends) {
        line.write(bytes[i]);
      }
      if (ends || (all && i == length - 1)) {
        taken = from + i + 1;
        var printed = new Printed(times.at(taken), text(line));
        if (isWanted(part, printed, changed)) {
          to.accept(printed);
        }
        line.reset();
      }
    }
    read.put(part, taken);
  }

  private static String text(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private boolean isWanted(Part part, Printed line, Instant changed) {
    Instant at = line.at().orElse(changed);
    boolean within =
        line.at().isEmpty() || (!at.isBefore(part.from()) && at.isBefore(part.until()));
    return within && !at.isBefore(since) && (diffs || !Outputs.isDiff(part.file(), line.text()));
  }
}
