package conductor.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A stream that knows the SHA-256 and the size of what was read of it. */
public final class HashedInput extends DigestInputStream {

  private long size;

  public HashedInput(InputStream from) {
    super(from, Digest.begun());
  }

  /** A content's size in bytes, and its SHA-256 in lower-case hex. */
  public record Hash(long size, String sha256) {

    public static Hash of(byte[] content) {
      return new Hash(content.length, Digest.sha256(content));
    }
  }

  /** Reads what is left, and returns the hash of all. */
  public Hash finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    MessageDigest digest = getMessageDigest();
    return new Hash(size, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    size += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    size += Math.max(0, read);
    return read;
  }
}
