package conductor.state;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes names of files from names that scripts, models and issues choose: of any length and
 * alphabet, with slashes or empty. Two names never have the same file, and no file is outside its
 * directory.
 */
public final class FileName {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}");
  private static final int SHOWN = 40;

  private FileName() {}

  /**
   * Returns a safe name as it is; of any other name what can be shown of it, and the first half of
   * its SHA-256 behind a {@code ~}, which no safe name holds.
   */
  public static String of(String name) {
    if (SAFE.matcher(name).matches() && !name.endsWith(".json")) {
      return name;
    }
    String begin = name.substring(0, Math.min(SHOWN, name.length()));
    return begin.replaceAll("[^A-Za-z0-9_-]", "_") + "~" + hash(name);
  }

  private static String hash(String name) {
    try {
      var chars = ByteBuffer.allocate(2 * name.length()); // encoders change lone surrogates
      chars.asCharBuffer().put(name);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(chars.array());
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
