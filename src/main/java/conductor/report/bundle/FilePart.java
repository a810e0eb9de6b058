package conductor.report.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a part of a file, which others may read and write meanwhile; does not close it. */
final class FilePart extends InputStream {

  private final FileChannel file;
  private final long end;
  private long at;

  FilePart(FileChannel file, long from, long length) {
    this.file = file;
    this.at = from;
    this.end = from + length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int wanted = (int) Math.min(length, end - at);
    if (wanted <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = file.read(ByteBuffer.wrap(bytes, from, wanted), at);
    at += Math.max(0, read);
    return read;
  }
}
