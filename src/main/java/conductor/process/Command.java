package conductor.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that is run to its end while its caller waits, and whose output is collected. An
 * interrupt of the caller ends it. Not for work that must survive this process: see {@link Job}.
 * Immutable.
 *
 * @param environment all of its variables
 * @param input its standard input, as text
 * @param limit the longest it may take
 */
public record Command(
    List<String> words,
    Path directory,
    Map<String, String> environment,
    String input,
    Duration limit) {

  private static final int MOST = 64 << 20;
  private static final int PIECE = 64 << 10;
  private static final Duration GRACE = Duration.ofSeconds(2);

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /**
   * The end of a program.
   *
   * @param code the exit code; 128 plus the signal's number when a signal ended the program
   * @param out its standard output, up to 64 MiB
   * @param err its standard error, up to 64 MiB
   */
  public record Ended(int code, String out, String err) {

    public boolean ok() {
      return code == 0;
    }
  }

  /**
   * Runs the program and returns how it ended.
   *
   * @throws CannotRun when the program is missing, and {@link Overdue} when it takes longer than
   *     its limit
   */
  public Ended run() throws InterruptedException {
    return run(Command::head);
  }

  /**
   * Runs the program and hands on its standard output piece by piece, however much that is.
   *
   * @param printed is given each piece, on another thread
   * @return the end, with an empty {@code out}
   */
  public Ended run(Printed printed) throws InterruptedException {
    return run((Reading) stream -> handed(stream, printed));
  }

  /** Receives what a program prints. */
  @FunctionalInterface
  public interface Printed {
    /** Takes the first bytes of a buffer, which is used again once this returns. */
    void piece(byte[] bytes, int length);
  }

  @FunctionalInterface
  private interface Reading {
    String of(InputStream stream) throws IOException;
  }

  private Ended run(Reading reading) throws InterruptedException {
    Process process = start();
    var out = read(process.getInputStream(), reading);
    var err = read(process.getErrorStream(), Command::head);
    try {
      feed(process);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Overdue(words, limit, commandLines(process.descendants()));
      }
      return new Ended(process.exitValue(), out.get(), err.get());
    } catch (ExecutionException e) {
      throw new CannotRun("'%s' could not be read: %s".formatted(words.getFirst(), e.getCause()));
    } finally {
      end(process);
    }
  }

  private static List<String> commandLines(Stream<ProcessHandle> processes) {
    return processes.flatMap(process -> process.info().commandLine().stream()).toList();
  }

  private Process start() {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return ProcessStart.of(builder);
    } catch (IOException e) {
      throw new CannotRun(
          "cannot run '%s' in %s: %s".formatted(words.getFirst(), directory, e.getMessage()));
    }
  }

  private void feed(Process process) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // the program ended without reading all of it
    }
  }

  private static CompletableFuture<String> read(InputStream stream, Reading reading) {
    var text = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(() -> {
          try (stream) {
            text.complete(reading.of(stream));
          } catch (IOException | RuntimeException e) {
            text.completeExceptionally(e);
          }
        });
    return text;
  }

  /** Reads all of a stream, and returns its beginning. */
  private static String head(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(MOST);
    stream.transferTo(OutputStream.nullOutputStream());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String handed(InputStream stream, Printed printed) throws IOException {
    byte[] bytes = new byte[PIECE];
    for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes)) {
      printed.piece(bytes, read);
    }
    return "";
  }

  private static void end(Process process) throws InterruptedException {
    if (process.isAlive()) {
      List<ProcessHandle> all = process.descendants().toList();
      process.destroy();
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
