package conductor.script.java;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Captures what the Java compiler writes to standard error when it crashes. The compiler offers no
 * other way to learn of that, and its stack trace is of no use to the person who runs a workflow.
 * Other output passes through.
 */
final class CompilerNoise {

  private static final ScopedValue<ByteArrayOutputStream> CAPTURED = ScopedValue.newInstance();

  static {
    System.setErr(new PrintStream(new Sorting(System.err), true, StandardCharsets.UTF_8));
  }

  private CompilerNoise() {}

  /**
   * The result of a compilation.
   *
   * @param noise what the calling thread wrote to standard error meanwhile
   */
  record Heard<T>(T value, String noise) {}

  /** Runs a compilation and captures what its thread writes to standard error meanwhile. */
  static <T> Heard<T> during(Supplier<T> compilation) {
    var noise = new ByteArrayOutputStream();
    T value = ScopedValue.where(CAPTURED, noise).call(compilation::get);
    return new Heard<>(value, noise.toString(StandardCharsets.UTF_8));
  }

  /** Asks the compiler something; returns a default, silently, when it crashes. */
  static <T> T orElse(T unknown, Supplier<T> question) {
    try {
      return during(question).value();
    } catch (RuntimeException | AssertionError e) {
      return unknown;
    }
  }

  /** Passes on what is written outside of compilations, and captures the rest. */
  private static final class Sorting extends OutputStream {

    private final PrintStream err;

    Sorting(PrintStream err) {
      this.err = err;
    }

    private OutputStream to() {
      return CAPTURED.isBound() ? CAPTURED.get() : err;
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
