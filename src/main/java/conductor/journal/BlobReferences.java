package conductor.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the references to {@link Blobs} in a journal's lines and in blobs of JSON. */
public final class BlobReferences {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\"\\$\":\"blob\",\"of\":\"(text|json)\",\"size\":(\\d{1,18}),\"sha256\":\"([0-9a-f]{64})\"");

  private static final int PART = 1 << 16;

  /** A reference is shorter. */
  private static final int LONGEST = 200;

  private BlobReferences() {}

  /**
   * A reference.
   *
   * @param of what it is: {@code text} or {@code json}; only JSON refers to others
   * @param size in bytes
   */
  public record Reference(String of, long size, String sha256) {

    public boolean isJson() {
      return of.equals("json");
    }
  }

  /** Finds all references in a text. */
  public static void each(String text, Consumer<Reference> found) {
    Matcher named = REFERENCE.matcher(text);
    while (named.find()) {
      found.accept(new Reference(named.group(1), Long.parseLong(named.group(2)), named.group(3)));
    }
  }

  /** Finds all references in a stream of any size, some of them twice; reads it to its end. */
  public static void each(InputStream from, Consumer<Reference> found) throws IOException {
    String rest = "";
    for (byte[] more = from.readNBytes(PART); more.length > 0; more = from.readNBytes(PART)) {
      String text = rest + new String(more, StandardCharsets.ISO_8859_1);
      each(text, found);
      rest = text.substring(Math.max(0, text.length() - LONGEST));
    }
  }
}
