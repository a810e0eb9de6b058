package conductor.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 as lower-case hex. */
public final class Digest {

  private Digest() {}

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(begun().digest(bytes));
  }

  /** Returns a digest of nothing yet. */
  static MessageDigest begun() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
