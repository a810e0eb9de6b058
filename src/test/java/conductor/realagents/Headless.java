package conductor.realagents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that runs to its end without a terminal; what it leaves behind is ended too. */
record Headless(int exit, List<String> lines, String err) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Runs it with nothing to read, two minutes at most. */
  static Headless run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory.getParent(), "out", null);
    Path err = Files.createTempFile(directory.getParent(), "err", null);
    Process process = start(directory, environment, command, out, err);
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError(
            command + " did not end: " + Files.readString(out) + Files.readString(err));
      }
      return new Headless(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    } finally {
      end(process);
    }
  }

  /** Starts it with nothing to read. */
  static Process start(
      Path directory, Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Ends a process with all that it started. */
  static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /**
   * Ends every process that has a home as its own, also those that no parent knows any more: agents
   * run their tools in sessions of their own.
   */
  static void endAllIn(Path home) throws IOException {
    String variable = "HOME=" + home;
    try (var processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> environment(process).contains(variable))
          .flatMap(process -> handle(process).stream())
          .peek(ProcessHandle::destroyForcibly)
          .toList()
          .forEach(process -> process.onExit().join());
    }
  }

  private static Optional<ProcessHandle> handle(Path process) {
    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
  }

  /** The last of its lines that is JSON of such a type. */
  JsonNode event(String type) {
    return events(type)
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("no " + type + " in " + this));
  }

  /** Its lines that are JSON of such a type. */
  Stream<JsonNode> events(String type) {
    return lines.stream()
        .filter(line -> line.startsWith("{"))
        .map(JSON::readTree)
        .filter(event -> event.path("type").asString("").equals(type));
  }

  private static List<String> environment(Path process) {
    try {
      return List.of(new String(Files.readAllBytes(process.resolve("environ")), UTF_8).split("\0"));
    } catch (IOException _) {
      return List.of(); // it ended meanwhile
    }
  }
}
