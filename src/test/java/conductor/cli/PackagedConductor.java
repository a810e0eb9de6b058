package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.main.Main;
import conductor.state.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conductor as it is installed: a jar with its dependencies and a start-up cache, with which a
 * process takes less than half of the CPU time. Both are made from what is compiled now when a test
 * first starts a process, once for all tests of this JVM, and deleted when it ends. No test waits
 * for the cache: processes that are started meanwhile do without.
 */
final class PackagedConductor {

  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "-Djdk.virtualThreadScheduler.parallelism=8",
          "-Xlog:disable",
          "-Xlog:all=warning,aot*=off,cds*=off:stderr");

  private final Path directory;
  private final Path jar;
  private final Path cache;
  private final CompletableFuture<Void> trained;

  private static final class Made {
    /** Made by a thread that no test's time limit interrupts. */
    static final PackagedConductor HERE =
        CompletableFuture.supplyAsync(
                PackagedConductor::new, task -> Thread.ofPlatform().daemon().start(task))
            .join();
  }

  private PackagedConductor() {
    try {
      directory = Files.createTempDirectory("packaged");
      jar = directory.resolve("conductor.jar");
      cache = directory.resolve("conductor.aot");
      pack();
    } catch (IOException e) {
      throw new IllegalStateException("conductor is not packaged: " + e, e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> FileTree.delete(directory)));
    trained =
        CompletableFuture.runAsync(this::train, task -> Thread.ofPlatform().daemon().start(task));
  }

  static PackagedConductor made() {
    return Made.HERE;
  }

  /** Waits until there is a cache; throws why there is none. */
  void awaitCache() {
    trained.join();
  }

  Path jar() {
    return jar;
  }

  private void pack() {
    String classes = Project.home().resolve("target/classes").toString();
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--no-compress",
                "--file=" + jar,
                "-C",
                classes,
                ".");
    assertThat(code).isZero();
  }

  /** Makes the cache of what a run on GitHub loads. */
  private void train() {
    Path made = Path.of(cache + ".new");
    try (var github = new OnGitHub(Files.createDirectory(directory.resolve("training")))) {
      Project project = github.project;
      github.tokenFromCommand(); // tests look for processes that show the token
      var words = start("-XX:AOTCacheOutput=" + made);
      words.addAll(
          List.of("run", "multi_agent", "--issue", github.issue(), "--param", "test_command=true"));
      Path said = directory.resolve("said");
      Process process =
          project
              .in(project.repo, words)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      assertThat(process.waitFor()).as(Files.readString(said)).isZero();
      Files.move(made, cache);
    } catch (Exception e) {
      throw new IllegalStateException("there is no start-up cache: " + e, e);
    }
  }

  private List<String> start(String... options) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.addAll(List.of(options));
    words.addAll(
        List.of("-Dconductor.home=" + Project.home(), "-cp", classPath(), Main.class.getName()));
    return words;
  }

  /** The words that run it. */
  List<String> words(List<String> arguments) {
    return words(Path.of(System.getProperty("java.io.tmpdir")), arguments);
  }

  /**
   * The same.
   *
   * @param temporary where it makes temporary files
   */
  List<String> words(Path temporary, List<String> arguments) {
    var options = new ArrayList<>(List.of("-Djava.io.tmpdir=" + temporary));
    if (Files.exists(cache)) {
      options.addAll(List.of("-XX:AOTCache=" + cache, "-Dconductor.cache=" + cache));
    }
    List<String> words = start(options.toArray(String[]::new));
    words.addAll(arguments);
    return words;
  }

  private String classPath() {
    return Stream.concat(
            Stream.of(jar.toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
