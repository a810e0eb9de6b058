package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.main.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conductor as it is installed: a jar with its dependencies, and a start-up cache once a run has
 * made it. Made from what is compiled now, so that a test neither builds nor finds an old one.
 */
final class PackagedConductor {

  private final String classPath;
  private final Path cache;

  /** Packs it in a directory. */
  PackagedConductor(Path directory) {
    Path jar = directory.resolve("conductor.jar");
    this.cache = directory.resolve("conductor.aot");
    Path classes = Project.home().resolve("target/classes");
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out, System.err, "--create", "--file=" + jar, "-C", classes.toString(), ".");
    assertThat(code).isZero();
    this.classPath =
        Stream.concat(
                Stream.of(jar.toString()),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> entry.endsWith(".jar")))
            .collect(Collectors.joining(File.pathSeparator));
  }

  /** What it printed, without what Java says when it makes the cache. */
  static String printed(String out) {
    return out.lines()
        .filter(line -> !line.contains("conductor.aot"))
        .collect(Collectors.joining("\n"));
  }

  /**
   * The words that run it; the first run to its end makes the cache.
   *
   * @param temporary where it makes temporary files
   */
  List<String> words(Path temporary, List<String> arguments) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.virtualThreadScheduler.parallelism=8",
            "-Xlog:disable",
            "-Xlog:all=warning,aot*=off,cds*=off:stderr"));
    words.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
    words.add("-Djava.io.tmpdir=" + temporary);
    words.addAll(
        List.of("-Dconductor.home=" + Project.home(), "-cp", classPath, Main.class.getName()));
    words.addAll(arguments);
    return words;
  }
}
