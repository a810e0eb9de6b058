package conductor.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a list needs of many records, in one file beside them, so that it does not have to read each
 * record. Whoever changes a record adds a line; the last line of a record counts, and only while
 * the record's file is the one that the line was made from. So an index may be missing, torn,
 * damaged, behind or of another version, and writers need no lock: what it does not hold is read
 * from the records themselves. It is not forced to disk.
 */
public final class RecordIndex {

  private static final int FORMAT = 3;

  /** The first format that is a line for each record. */
  private static final int FIRST_OF_LINES = 2;

  /** How many bytes of lines that do not count any more are nothing to care for. */
  private static final int SPARE = 1 << 16;

  /** How many bytes at the end are looked at to see whether the lines are those of the records. */
  private static final int SAMPLE = 4096;

  private final Path file;
  private final Function<String, Path> records;

  /**
   * @param records from the id of a record to its file
   */
  public RecordIndex(Path file, Function<String, Path> records) {
    this.file = file;
    this.records = records;
  }

  /** Returns what the index holds, by id; nothing when it cannot be read. */
  public Map<String, IndexEntry> entries() {
    byte[] bytes = bytes();
    var entries = new HashMap<String, IndexEntry>(bytes.length / 64);
    Header header = Header.of(bytes);
    if (header.isKnown()) {
      IndexEntry.all(bytes, header.end(), entry -> entries.put(entry.id(), entry));
    }
    return entries;
  }

  /**
   * Adds a record as it has just been written. Does nothing when it cannot, or when there is no
   * index of this version.
   */
  public void add(IndexEntry entry) {
    try (var end = FileChannel.open(file, StandardOpenOption.APPEND);
        var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (Header.of(bytes(channel, 0)).isKnown()) {
        boolean torn = bytes(channel, channel.size() - 1)[0] != '\n';
        String line = torn ? "\n" + entry.line() : entry.line();
        end.write(
            ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8))); // at once: others add too
      }
    } catch (IOException e) {
      // the record itself is read instead
    }
  }

  /**
   * Returns whether the index should be written anew: it is missing or unreadable, or most of its
   * lines do not count any more. One of a newer version is left alone.
   */
  public boolean isOutdated() {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Header header = Header.of(bytes(channel, 0));
      return !header.isNewer()
          && (!header.isKnown() || channel.size() > 2 * header.size() + SPARE || isStale(channel));
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns whether most of the last lines are of other files than those that are there. */
  private boolean isStale(FileChannel channel) throws IOException {
    byte[] last = bytes(channel, Math.max(0, channel.size() - SAMPLE));
    var stale = new AtomicInteger();
    IndexEntry.all(
        last,
        0,
        entry -> {
          FileStamp now = FileStamp.of(records.apply(entry.id()));
          if (!now.equals(FileStamp.NONE)) {
            stale.addAndGet(now.equals(entry.stamp()) ? -1 : 1);
          }
        });
    return stale.get() > 0;
  }

  /** Writes the index anew. What others add meanwhile may be lost. */
  public void rewrite(Collection<IndexEntry> entries) {
    var lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry.line()));
    int size = lines.toString().getBytes(StandardCharsets.UTF_8).length;
    AtomicFile.write(file, "{\"v\":" + FORMAT + ",\"size\":" + size + "}\n" + lines);
  }

  /**
   * Looks at all lines; does nothing when the file is missing.
   *
   * @throws UnreadableState when a line is not what was written, or the file is of a newer format
   */
  public void check() {
    byte[] bytes = bytes();
    Header header = Header.of(bytes);
    if (header.isNewer()) {
      throw new UnreadableState(
          "%s is of format %d, this version knows up to %d; use a newer conductor"
              .formatted(file, header.v(), FORMAT),
          true);
    }
    if (!header.isKnown()) {
      if (header.v() < FIRST_OF_LINES) {
        StateJson.find(file, Map.class, FORMAT); // older ones are one document
      }
      return;
    }
    int lines = IndexEntry.all(bytes, header.end(), _ -> {});
    if (lines >= 0) {
      throw new UnreadableState(
          "%s:%d: the line is not what was written".formatted(file, lines + 2));
    }
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Returns at most {@link #SAMPLE} bytes from a place in a file on. */
  private static byte[] bytes(FileChannel channel, long from) throws IOException {
    var bytes = ByteBuffer.allocate(SAMPLE);
    int read = channel.read(bytes, Math.max(0, from));
    return Arrays.copyOf(bytes.array(), Math.max(1, read));
  }

  /**
   * The first line.
   *
   * @param v the format; 0 when it cannot be read, as in indexes of one JSON document
   * @param size how many bytes of lines there were when it was written
   * @param end where the lines begin
   */
  private record Header(int v, long size, int end) {

    static Header of(byte[] bytes) {
      int end = 0;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      try {
        JsonNode line = JsonTrees.parse(Arrays.copyOf(bytes, end));
        return new Header(line.path("v").asInt(0), line.path("size").asLong(0), end + 1);
      } catch (JacksonException e) {
        return new Header(0, 0, 0);
      }
    }

    boolean isKnown() {
      return v == FORMAT;
    }

    boolean isNewer() {
      return v > FORMAT;
    }
  }
}
