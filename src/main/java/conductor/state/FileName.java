package conductor.state;

import java.nio.ByteBuffer;
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
    var chars = ByteBuffer.allocate(2 * name.length()); // encoders change lone surrogates
    chars.asCharBuffer().put(name);
    String hash = Digest.sha256(chars.array()).substring(0, 32);
    return begin.replaceAll("[^A-Za-z0-9_-]", "_") + "~" + hash;
  }
}
