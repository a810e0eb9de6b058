package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.main.Main;
import conductor.process.ProcessStart;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user's machine in a directory: a home, a repository with a bare origin, an agent that is a
 * shell script, and conductor, called in this process or in one of its own.
 */
public final class Project {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public final Path root;
  public final Path repo;
  final Path origin;
  final Path ledger;
  public final StateDirectory state;
  public final Map<String, String> environment = new TreeMap<>();

  private Project(Path root) {
    this.root = root;
    this.repo = root.resolve("repo");
    this.origin = root.resolve("origin.git");
    this.ledger = root.resolve("ledger");
    this.state = new StateDirectory(root.resolve("state"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", root.resolve("home").toString());
    environment.put("CONDUCTOR_STATE_DIR", state.root().toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("LEDGER", ledger.toString());
    environment.put("NO_COLOR", "1");
  }

  /** How a command ended. */
  public record Result(int code, String out, String err) {

    public JsonNode json() {
      return JSON.readTree(out);
    }

    public Result ok() {
      assertThat(code).as(err).isZero();
      return this;
    }
  }

  /** A repository with one commit that is pushed to its bare origin. */
  public static Project withOrigin(Path root) throws Exception {
    Project project = withoutRepository(root);
    RepositoryTemplate.copy(project);
    return project;
  }

  /** A home, and a directory that is in no repository. */
  static Project withoutRepository(Path root) throws Exception {
    var project = new Project(root);
    Files.createDirectories(root.resolve("home"));
    Files.writeString(
        root.resolve("home/.gitconfig"),
        "[user]\n\tname = Tester\n\temail = tester@example.com\n[init]\n\tdefaultBranch = main\n");
    Files.createDirectories(project.repo);
    Files.delete(project.repo);
    Files.createDirectories(project.root.resolve("home/.config/doeff-conductor"));
    project.agent("cat >> done.txt; echo done");
    return project;
  }

  /** Makes a shell script the default agent; it may write to {@code $LEDGER}. */
  public Project agent(String script) throws IOException {
    Path file = root.resolve("agent.sh");
    Files.writeString(file, script);
    return configure(
        """
        agent: mine
        agents:
          mine:
            command: ["sh", "%s"]
            pass_env: [LEDGER]
        """
            .formatted(file));
  }

  /**
   * Makes a shell script the default agent that speaks claude's protocol; it may write to {@code
   * $LEDGER}.
   *
   * @param settings more of the agent's; empty for none
   */
  public Project conversing(String script, String settings)
      throws IOException, InterruptedException {
    Path file = root.resolve("agent");
    sh("rm -f agent"); // one that still runs cannot be written to
    Files.writeString(file, "#!/bin/sh\n" + script);
    sh("chmod +x agent");
    return configure(
        """
        agent: mine
        agents:
          mine:
            protocol: claude
            command: ["%s"]
            pass_env: [LEDGER]
        """
                .formatted(file)
            + settings.indent(4));
  }

  public Project configure(String yaml) throws IOException {
    Files.writeString(root.resolve("home/.config/doeff-conductor/config.yaml"), yaml);
    return this;
  }

  /** Writes a file beside the repository and returns its path. */
  public Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Runs shell lines and returns what they print. */
  public String sh(String script) throws IOException, InterruptedException {
    return sh(root, script);
  }

  /** Runs shell lines in a directory. */
  public String sh(Path directory, String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-euc", script).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = ProcessStart.of(builder.redirectErrorStream(true));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }

  /** Calls conductor in the repository, in this process. */
  public Result conductor(String... args) {
    return conductorIn(Files.isDirectory(repo) ? repo : root, args);
  }

  /** Calls conductor in a directory, in this process. */
  public Result conductorIn(Path directory, String... args) {
    return called(directory, "", args);
  }

  /** Calls conductor in the repository, in this process, with a text on its standard input. */
  Result piped(String input, String... args) {
    return called(repo, input, args);
  }

  /** The same; returns all that is said in the order in which it is. */
  String said(String input, String... args) {
    var all = new ByteArrayOutputStream();
    called(repo, input, stream(all), stream(all), args);
    return all.toString(StandardCharsets.UTF_8);
  }

  private Result called(Path directory, String input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = called(directory, input, stream(out), stream(err), args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private int called(
      Path directory, String input, PrintStream out, PrintStream err, String... args) {
    var console = new Console(out, err, false, false, false, false);
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return Main.run(
        new CommandContext(console, in, environment, directory, home(), new Locks()), args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Writes a workflow and runs it. */
  public Result flow(String text, String... more) throws IOException {
    var args = new ArrayList<String>(List.of("run", file("flow.groovy", text).toString()));
    args.addAll(List.of(more));
    return conductor(args.toArray(String[]::new));
  }

  /** Where the workflows, stdlib and examples are. */
  public static Path home() {
    return Path.of("").toAbsolutePath();
  }

  /** Calls the packaged conductor in the repository. */
  Result packaged(String... args) throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    words.add(home().resolve("conductor").toString());
    words.addAll(List.of(args));
    return ended(in(repo, words));
  }

  /** Calls conductor in a directory, in a process of its own. */
  Result processIn(Path directory, String... args) throws IOException, InterruptedException {
    return ended(in(directory, PackagedConductor.made().words(List.of(args))));
  }

  private Result ended(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile(root, "out", "");
    Path err = Files.createTempFile(root, "err", "");
    Process process =
        ProcessStart.of(builder.redirectOutput(out.toFile()).redirectError(err.toFile()));
    process.getOutputStream().close();
    return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  /** Waits until a file is there with something in it, while something stands. */
  static void await(Path file, BooleanSupplier stands) throws Exception {
    Path directory = file.getParent();
    while (!Files.isDirectory(directory)) {
      directory = directory.getParent();
    }
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!Files.exists(file) || Files.size(file) == 0) {
        assertThat(stands.getAsBoolean()).as("waiting for %s", file).isTrue();
        var key = watch.poll(200, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    }
  }

  /** Waits until the only run has a status, while the process that executes it lives. */
  void awaitStatus(Process process, String status) throws Exception {
    Path directory = state.run(onlyRun()).root();
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!conductor("ps").out().contains(status)) {
        assertThat(process.isAlive()).as("waiting for " + status).isTrue();
        var key = watch.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    }
  }

  /** Starts conductor in the repository, in a process of its own. */
  Process start(String... args) throws IOException {
    return started(new ArrayList<>(), args);
  }

  /** The same where no file may grow beyond some KiB, as on a disk that is full. */
  Process startWithin(int kibibytes, String... args) throws IOException {
    String limited = "ulimit -f " + kibibytes + "; exec \"$@\"";
    return started(new ArrayList<>(List.of("bash", "-c", limited, "limited")), args);
  }

  /** The same under a program that traces it. */
  Process startTraced(List<String> tracer, String... args) throws IOException {
    return started(new ArrayList<>(tracer), args);
  }

  private Process started(List<String> words, String... args) throws IOException {
    return builder(words, args)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("out").toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(root.resolve("err").toFile()))
        .start();
  }

  ProcessBuilder builder(List<String> words, String... args) {
    words.addAll(PackagedConductor.made().words(List.of(args)));
    return in(repo, words);
  }

  /** A process of a program in a directory, with the environment of this machine. */
  ProcessBuilder in(Path directory, List<String> words) {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /** The lines that agents wrote. */
  List<String> ledger() throws IOException {
    return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
  }

  /** The only run there is. */
  public String onlyRun() {
    JsonNode runs = conductor("ps", "--json").json();
    assertThat(runs.size()).isOne();
    return runs.get(0).path("id").asString();
  }
}
