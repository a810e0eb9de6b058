package conductor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a program of the desktop, such as a browser, and leaves it to itself. */
public final class DesktopProgram {

  /** How long a program may take to say that it cannot do it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private DesktopProgram() {}

  /**
   * Starts a program without input and output, and does not wait for its end: longer than two
   * seconds this takes never.
   *
   * @param environment all of its variables
   * @throws CannotRun when it cannot be started, or failed at once
   */
  public static void start(List<String> words, Path directory, Map<String, String> environment)
      throws InterruptedException {
    var builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = ProcessStart.of(builder);
      boolean isOver = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (isOver && process.exitValue() != 0) {
        throw new CannotRun(
            "'%s' ended with exit code %d".formatted(String.join(" ", words), process.exitValue()));
      }
    } catch (IOException e) {
      throw new CannotRun("cannot run '%s': %s".formatted(words.getFirst(), e.getMessage()));
    }
  }
}
