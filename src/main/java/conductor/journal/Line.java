package conductor.journal;

import conductor.state.CheckedLine;
import conductor.state.JsonTrees;
import java.util.Optional;
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

  /** Returns the line with its newline. */
  byte[] bytes() {
    ObjectNode node = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    node.put("v", FORMAT).put("n", number).put("synced", synced);
    node.setAll(EntryJson.encode(entry));
    byte[] body = JsonTrees.bytes(node);
    return CheckedLine.of(body, body.length - 1);
  }

  /** Returns the line of bytes without a newline; empty when not written so, in this format. */
  static Optional<Line> of(byte[] bytes) {
    int length = bytes.length - CheckedLine.TAIL;
    if (length < 1 || !CheckedLine.isChecked(bytes, 0, length)) {
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
    int length = bytes.length - CheckedLine.TAIL;
    return length >= 1 && CheckedLine.isChecked(bytes, 0, length);
  }
}
