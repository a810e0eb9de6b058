package conductor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output, which remembers why writing failed: a {@link java.io.PrintStream}
 * does not tell.
 */
public final class StandardOutput extends FileOutputStream {

  private volatile @Nullable IOException failure;

  public StandardOutput() {
    super(FileDescriptor.out);
  }

  /** Returns why output was lost; empty when none was, or the reader has closed the pipe. */
  public Optional<String> lost() {
    IOException failed = failure;
    return failed == null || "Broken pipe".equals(failed.getMessage())
        ? Optional.empty()
        : Optional.of(String.valueOf(failed.getMessage()));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      super.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
