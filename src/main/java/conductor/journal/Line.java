package conductor.journal;

import conductor.state.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of a journal's file: {@code v} the format, {@code n} the line's number, {@code synced}
 * how many lines were known to be on disk when it was written, then the entry, then {@code crc}, a
 * CRC-32C of all bytes before {@code ,"crc"}.
 */
record Line(int number, int synced, Entry entry) {

  static final int FORMAT = 1;

  private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.UTF_8);
  private static final int TAIL = CRC.length + 8 + END.length;

  /** Returns the line with its newline. */
  byte[] bytes() {
    ObjectNode node = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    node.put("v", FORMAT).put("n", number).put("synced", synced);
    node.setAll(EntryJson.encode(entry));
    byte[] body = JsonTrees.bytes(node);
    int length = body.length - 1;
    byte[] line = Arrays.copyOf(body, length + TAIL + 1);
    System.arraycopy(CRC, 0, line, length, CRC.length);
    byte[] crc =
        HexFormat.of().toHexDigits((int) crc(body, length)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(crc, 0, line, length + CRC.length, 8);
    System.arraycopy(END, 0, line, length + CRC.length + 8, END.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Returns the line of bytes without a newline; empty when not written so, in this format. */
  static Optional<Line> of(byte[] bytes) {
    int length = bytes.length - TAIL;
    if (length < 1 || !checked(bytes, length)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JsonTrees.parse(bytes);
      if (node.path("v").asInt(0) != FORMAT) {
        return Optional.empty();
      }
      return Optional.of(
          new Line(
              node.path("n").intValue(), node.path("synced").intValue(), EntryJson.decode(node)));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the format that a line names, or 0 when it names none. */
  static int format(byte[] bytes) {
    try {
      return JsonTrees.parse(bytes).path("v").asInt(0);
    } catch (JacksonException e) {
      return 0;
    }
  }

  /** Returns whether bytes, without a newline, have the right checksum: some version wrote them. */
  static boolean isChecked(byte[] bytes) {
    int length = bytes.length - TAIL;
    return length >= 1 && checked(bytes, length);
  }

  private static boolean checked(byte[] bytes, int length) {
    String found = new String(bytes, length + CRC.length, 8, StandardCharsets.US_ASCII);
    return Arrays.equals(bytes, length, length + CRC.length, CRC, 0, CRC.length)
        && found.equals(HexFormat.of().toHexDigits((int) crc(bytes, length)));
  }

  private static long crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
