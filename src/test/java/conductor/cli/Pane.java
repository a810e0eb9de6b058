package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A terminal of tmux in which conductor runs: keys are real, and what it shows is awaited by the
 * bytes that it gets.
 */
final class Pane implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  private final Path directory;
  private final Path bytes;
  private final WatchService watch;

  /** Starts conductor in the project's repository, in a terminal of a size. */
  Pane(Project project, int columns, int rows, Map<String, String> environment, String... arguments)
      throws Exception {
    this(
        project,
        columns,
        rows,
        environment,
        project.builder(new ArrayList<>(), arguments).command());
  }

  /** Starts another program there. */
  static Pane of(Project project, String... command) throws Exception {
    return new Pane(project, 100, 40, Map.of("TERM", "screen"), List.of(command));
  }

  private Pane(
      Project project, int columns, int rows, Map<String, String> environment, List<String> command)
      throws Exception {
    this.directory = Files.createTempDirectory(project.root, "pane");
    this.bytes = Files.createFile(directory.resolve("bytes"));
    this.watch = directory.getFileSystem().newWatchService();
    directory.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
    var words = new ArrayList<String>(List.of("env", "-i"));
    project.environment.forEach((name, value) -> words.add(name + "=" + value));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(command);
    String line = words.stream().map(Pane::quoted).collect(Collectors.joining(" "));
    Path script =
        Files.writeString(
            directory.resolve("start.sh"),
            "trap : INT\n%s wait-for go\ncd %s\n%s\necho \"EXIT $?\"\n%s wait-for end\n"
                .formatted(tmux(), quoted(project.repo.toString()), line, tmux()));
    run(
        "new-session",
        "-d",
        "-x",
        "" + columns,
        "-y",
        "" + rows,
        "sh " + quoted(script.toString()));
    run("pipe-pane", "-o", "cat >> " + quoted(bytes.toString()));
    run("wait-for", "-S", "go");
  }

  private String tmux() {
    return "tmux -S " + quoted(directory.resolve("s").toString()) + " -f /dev/null";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    var words =
        new ArrayList<String>(
            List.of("tmux", "-S", directory.resolve("s").toString(), "-f", "/dev/null"));
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", words, out).isZero();
    return out;
  }

  /** Types a text as it is. */
  Pane type(String text) throws Exception {
    // tmux takes a semicolon at the end for its own
    run(
        "send-keys",
        "-l",
        text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text);
    return this;
  }

  /** Presses keys by their names: {@code Enter}, {@code Tab}, {@code C-c}. */
  Pane press(String... keys) throws Exception {
    var words = new ArrayList<String>(List.of("send-keys"));
    words.addAll(List.of(keys));
    run(words.toArray(String[]::new));
    return this;
  }

  /** Types a line and ends it. */
  Pane enter(String line) throws Exception {
    return type(line).press("Enter");
  }

  /** Pastes a file as a terminal does. */
  void paste(Path file) throws Exception {
    run("load-buffer", file.toString());
    run("paste-buffer", "-p");
  }

  /** Pastes a file as terminals do that know of no brackets. */
  Pane pasteByKeys(Path file) throws Exception {
    run("load-buffer", file.toString());
    run("paste-buffer");
    return this;
  }

  /** What it shows, and what went out at the top. */
  String shown() throws Exception {
    return run("capture-pane", "-p", "-J", "-S", "-");
  }

  /** What it shows now, with the sequences that colour it. */
  String coloured() throws Exception {
    return run("capture-pane", "-p", "-e", "-J");
  }

  /** Waits until what it shows has something that fits; looks each time it gets bytes. */
  Pane await(String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
    long until = System.nanoTime() + PATIENCE;
    String shown = shown();
    while (!wanted.matcher(shown).find()) {
      assertThat(System.nanoTime()).as("waiting for %s in%n%s", pattern, shown).isLessThan(until);
      var key = watch.poll(1, TimeUnit.SECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
      shown = shown();
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    watch.close();
    new ProcessBuilder("tmux", "-S", directory.resolve("s").toString(), "kill-server")
        .redirectErrorStream(true)
        .start()
        .onExit()
        .join();
  }
}
