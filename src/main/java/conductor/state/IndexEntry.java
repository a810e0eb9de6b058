package conductor.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A line of a {@link RecordIndex}: a JSON object that ends with a CRC-32C of the bytes before, as
 * the lines of a journal do. What a list is ordered and chosen by is found without a JSON parser.
 */
public final class IndexEntry {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");
  private static final byte[][] NAMES = {
    ascii("{\"id\":\""),
    ascii("\",\"stamp\":\""),
    ascii("\",\"created\":\""),
    ascii("\",\"status\":\"")
  };
  private static final byte[] ROW = ascii("\",\"row\":");
  private static final byte[] END = ascii("\"}");

  private final String id;
  private final FileStamp stamp;
  private final Instant created;
  private final String status;
  private final byte[] bytes;
  private final int from;
  private final int to;

  private IndexEntry(
      String id, FileStamp stamp, Instant created, String status, byte[] bytes, int from, int to) {
    this.id = id;
    this.stamp = stamp;
    this.created = created;
    this.status = status;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /**
   * Returns the entry of a record; empty when it cannot be in an index, for its id or its file.
   *
   * @param stamp of the record's file, before it was read
   * @param status a word
   * @param row what else a list shows of it
   */
  public static Optional<IndexEntry> of(
      String id, FileStamp stamp, Instant created, String status, Object row) {
    if (stamp.equals(FileStamp.NONE) || !ID.matcher(id).matches()) {
      return Optional.empty();
    }
    byte[] json = StateJson.line(row).getBytes(StandardCharsets.UTF_8);
    return Optional.of(new IndexEntry(id, stamp, created, status, json, 0, json.length));
  }

  public String id() {
    return id;
  }

  /** Returns whether a record's file is the one that the entry was made from. */
  public boolean isOf(Path file) {
    return stamp.equals(FileStamp.of(file));
  }

  /** Returns the stamp of the file that the entry was made from. */
  FileStamp stamp() {
    return stamp;
  }

  public Instant created() {
    return created;
  }

  /** Returns when the file that the entry was made from was written. */
  public Instant written() {
    return Instant.ofEpochSecond(0, stamp.modified());
  }

  public String status() {
    return status;
  }

  /** Returns what else a list shows of the record. */
  public JsonNode row() {
    return JsonTrees.parse(Arrays.copyOfRange(bytes, from, to));
  }

  /** Returns the line with its newline. */
  String line() {
    String body =
        "{\"id\":\"%s\",\"stamp\":\"%d-%d\",\"created\":\"%d.%d\",\"status\":\"%s\",\"row\":%s"
            .formatted(
                id,
                stamp.modified(),
                stamp.size(),
                created.getEpochSecond(),
                created.getNano(),
                status,
                new String(bytes, from, to - from, StandardCharsets.UTF_8));
    byte[] written = body.getBytes(StandardCharsets.UTF_8);
    return new String(CheckedLine.of(written, written.length), StandardCharsets.UTF_8);
  }

  /**
   * Hands out the entries of the whole lines among bytes. A writer that saw only a part of
   * another's line leaves an empty one, which means nothing.
   *
   * @return how many lines there were before the first that is not one; below 0 when all are
   */
  static int all(byte[] bytes, int begin, Consumer<IndexEntry> entries) {
    int lines = 0;
    int bad = -1;
    int start = begin;
    for (int end = begin; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        int tail = end - CheckedLine.TAIL;
        if (isWhole(bytes, start, tail, end)) {
          entries.accept(parse(bytes, start, tail));
        } else if (bad < 0 && end > start) {
          bad = lines;
        }
        lines++;
        start = end + 1;
      }
    }
    return bad < 0 && start < bytes.length ? lines : bad;
  }

  private static boolean isWhole(byte[] bytes, int start, int tail, int end) {
    return tail > start
        && isAt(bytes, start, NAMES[0])
        && isAt(bytes, end - END.length, END)
        && CheckedLine.isChecked(bytes, start, tail);
  }

  private static boolean isAt(byte[] bytes, int at, byte[] text) {
    return Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }

  /** Returns the entry of a line that is whole, so that it is as {@link #line} wrote it. */
  private static IndexEntry parse(byte[] bytes, int start, int end) {
    var texts = new String[NAMES.length];
    int at = start;
    for (int n = 0; n < texts.length; n++) {
      at += NAMES[n].length;
      int quote = at;
      while (bytes[quote] != '"') {
        quote++;
      }
      texts[n] = new String(bytes, at, quote - at, StandardCharsets.ISO_8859_1);
      at = quote;
    }
    int dash = texts[1].indexOf('-', 1);
    int dot = texts[2].indexOf('.');
    return new IndexEntry(
        texts[0],
        new FileStamp(
            Long.parseLong(texts[1], 0, dash, 10),
            Long.parseLong(texts[1], dash + 1, texts[1].length(), 10)),
        Instant.ofEpochSecond(
            Long.parseLong(texts[2], 0, dot, 10),
            Long.parseLong(texts[2], dot + 1, texts[2].length(), 10)),
        texts[3],
        bytes,
        at + ROW.length,
        end);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
