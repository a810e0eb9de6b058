package conductor.script.java;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What the Java compiler writes to standard error by itself when it breaks. It offers no other way
 * to hear of that, and who runs a workflow has no use for its stack.
 */
final class CompilerNoise {

  private static final ScopedValue<ByteArrayOutputStream> HEARD = ScopedValue.newInstance();

  static {
    System.setErr(new PrintStream(new Sorting(System.err), true, StandardCharsets.UTF_8));
  }

  private CompilerNoise() {}

  /**
   * What came of a compilation.
   *
   * @param noise what was written meanwhile
   */
  record Heard<T>(T value, String noise) {}

  /** Keeps from standard error what the calling thread writes there meanwhile. */
  static <T> Heard<T> during(Supplier<T> compilation) {
    var noise = new ByteArrayOutputStream();
    T value = ScopedValue.where(HEARD, noise).call(compilation::get);
    return new Heard<>(value, noise.toString(StandardCharsets.UTF_8));
  }

  /** Asks the compiler what may as well stay unknown: nothing is told where it breaks. */
  static <T> T orElse(T unknown, Supplier<T> question) {
    try {
      return during(question).value();
    } catch (RuntimeException | AssertionError e) {
      return unknown;
    }
  }

  /** Lets through what is written outside of compilations. */
  private static final class Sorting extends OutputStream {

    private final PrintStream err;

    Sorting(PrintStream err) {
      this.err = err;
    }

    private OutputStream to() {
      return HEARD.isBound() ? HEARD.get() : err;
    }

    @Override
    public void write(int b) throws IOException {
      to().write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      to().write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      to().flush();
    }
  }
}
