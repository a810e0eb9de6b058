package conductor.process;

import conductor.error.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A program whose lines on standard error are read while it runs. It ends when this is closed. */
public final class Followed implements AutoCloseable {

  private final Process process;
  private final CompletableFuture<String> out;

  private Followed(Process process) {
    this.process = process;
    this.out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
  }

  /**
   * Starts it.
   *
   * @param environment all of it
   * @throws CannotRun when it cannot be started
   */
  public static Followed start(
      List<String> words, Path directory, Map<String, String> environment) {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Followed(process);
    } catch (IOException e) {
      throw new CannotRun("cannot start " + words.getFirst() + ": " + e.getMessage());
    }
  }

  /** Hands on each line, until it ends; returns its exit code. */
  public int follow(Consumer<String> onLine) throws InterruptedException {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        onLine.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read from a program: " + Reason.of(e), e);
    }
    return process.waitFor();
  }

  /** Returns what it printed on standard output, once it has ended. */
  public String out() {
    return out.join();
  }

  /** Ends it with KILL, as a crash would. What it started goes on. */
  public void kill() {
    process.toHandle().destroyForcibly(); // which leaves what it printed to be read
  }

  private static String all(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read from a program: " + Reason.of(e), e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
