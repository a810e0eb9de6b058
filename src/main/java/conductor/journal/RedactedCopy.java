package conductor.journal;

import conductor.state.CheckedLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies files with secrets replaced, whatever is in them, a part at a time: a file may be larger
 * than the memory. What is no secret stays byte for byte as it was.
 */
public final class RedactedCopy {

  private static final int PART = 1 << 20;

  private final Redactor secrets;
  private final int reach;

  public RedactedCopy(Redactor secrets) {
    this.secrets = secrets.ofBytes();
    this.reach = this.secrets.reach();
  }

  /**
   * Copies a file.
   *
   * @return the names of the secrets that were in it
   */
  public Set<String> copy(InputStream from, OutputStream to) throws IOException {
    var found = new TreeSet<String>();
    int part = Math.max(PART, 4 * reach);
    String rest = "";
    while (true) {
      byte[] more = from.readNBytes(part);
      String text = rest + text(more);
      if (more.length < part) {
        to.write(bytes(secrets.redact(text, found::add)));
        return found;
      }
      int cut = cut(text);
      to.write(bytes(secrets.redact(text.substring(0, cut), found::add)));
      rest = text.substring(cut);
    }
  }

  /**
   * Copies the whole lines of a journal; each that held a secret gets another checksum.
   *
   * @return the names of the secrets that were in it
   */
  public Set<String> journal(InputStream from, OutputStream to) throws IOException {
    var found = new TreeSet<String>();
    var lines = new ByteLines(from);
    for (byte[] line = lines.next(); line != null && lines.ended(); line = lines.next()) {
      to.write(line(line, found));
    }
    return found;
  }

  private byte[] line(byte[] line, Set<String> found) {
    byte[] redacted = bytes(secrets.redact(text(line), found::add));
    int end = line.length - CheckedLine.TAIL;
    if (Arrays.equals(redacted, line) || end <= 0 || !CheckedLine.isChecked(line, 0, end)) {
      byte[] ended = Arrays.copyOf(redacted, redacted.length + 1);
      ended[redacted.length] = '\n';
      return ended;
    }
    byte[] object = bytes(secrets.redact(text(Arrays.copyOf(line, end))));
    return CheckedLine.of(object, object.length);
  }

  /** Returns a place near the end of a text at which no secret is cut in two. */
  private int cut(String text) {
    int last = text.length() - reach;
    for (int cut = last; cut > last - reach; cut--) {
      String before = text.substring(cut - reach, cut);
      String after = text.substring(cut, cut + reach);
      if (secrets.redact(before + after).equals(secrets.redact(before) + secrets.redact(after))) {
        return cut;
      }
    }
    return last;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
