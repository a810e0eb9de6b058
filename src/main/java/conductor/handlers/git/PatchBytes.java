package conductor.handlers.git;

import conductor.process.Command;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Keeps the beginning of a patch, up to 32 MiB, and takes the rest without keeping it. */
final class PatchBytes extends OutputStream implements Command.Printed {

  private static final int MOST = 32 << 20;

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  PatchBytes() {
    this(MOST);
  }

  PatchBytes(int most) {
    this.most = most;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    int room = Math.min(length, most - kept.size());
    kept.write(bytes, from, room);
    cut |= room < length;
  }

  @Override
  public void piece(byte[] bytes, int length) {
    write(bytes, 0, length);
  }

  /** Returns whether it was longer than what is kept. */
  synchronized boolean isCut() {
    return cut;
  }

  /** Returns what is kept; whole lines only. */
  synchronized byte[] lines() {
    byte[] bytes = kept.toByteArray();
    int end = bytes.length;
    while (cut && end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
  }
}
