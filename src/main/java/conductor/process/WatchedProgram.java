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

/**
 * A running program whose lines on standard error are read meanwhile. Closing this ends the
 * program.
 */
public final class WatchedProgram implements AutoCloseable {

  private final Process process;
  private final CompletableFuture<String> out;

  private WatchedProgram(Process process) {
    this.process = process;
    this.out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
  }

  /**
   * Starts a program.
   *
   * @param environment all of its variables
   * @throws CannotRun when the program cannot be started
   */
  public static WatchedProgram start(
      List<String> words, Path directory, Map<String, String> environment) {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = ProcessStart.of(builder);
      process.getOutputStream().close();
      return new WatchedProgram(process);
    } catch (IOException e) {
      throw new CannotRun("cannot start " + words.getFirst() + ": " + e.getMessage());
    }
  }

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

  /** Waits until the program has ended, and returns what it printed on standard output. */
  public String out() {
    return out.join();
  }

  /** Ends the program with KILL, as a crash would. What it started goes on. */
  public void kill() {
    process.toHandle().destroyForcibly(); // the output stays readable
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
