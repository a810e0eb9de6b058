package conductor.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Ends lines of JSON with a checksum: {@code ,"crc":"01234567"}} behind what an object holds, a
 * CRC-32C of all bytes before. Does not know what the object is.
 */
public final class CheckedLine {

  private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.UTF_8);
  private static final int DIGITS = 8;
  private static final byte[] END = "\"}".getBytes(StandardCharsets.UTF_8);

  /** How many bytes a checksum takes, without the newline behind it. */
  public static final int TAIL = CRC.length + DIGITS + END.length;

  private CheckedLine() {}

  /**
   * Returns a line with its newline.
   *
   * @param object the JSON of an object
   * @param length how many bytes it has before its closing brace
   */
  public static byte[] of(byte[] object, int length) {
    byte[] line = Arrays.copyOf(object, length + TAIL + 1);
    int at = length;
    for (byte[] part : new byte[][] {CRC, digits(object, 0, length), END}) {
      System.arraycopy(part, 0, line, at, part.length);
      at += part.length;
    }
    line[at] = '\n';
    return line;
  }

  /**
   * Returns whether bytes are followed by their checksum.
   *
   * @param end where the checksum begins, with {@link #TAIL} bytes
   */
  public static boolean isChecked(byte[] bytes, int start, int end) {
    int digits = end + CRC.length;
    return Arrays.equals(bytes, end, digits, CRC, 0, CRC.length)
        && Arrays.equals(bytes, digits, digits + DIGITS, digits(bytes, start, end), 0, DIGITS);
  }

  private static byte[] digits(byte[] bytes, int start, int end) {
    var crc = new CRC32C();
    crc.update(bytes, start, end - start);
    return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
  }
}
