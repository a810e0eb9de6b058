package conductor.realagents;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Installs packages once, into a directory that a clean build finds again. What is half installed
 * is never seen: a set is made beside its place, tried, and moved there. JVMs wait for each other.
 */
final class Npm {

  private final Path cache;

  Npm(Path cache) {
    this.cache = cache;
  }

  /** In {@code $XDG_CACHE_HOME}, else {@code $HOME/.cache}, else beside temporary files. */
  static Npm inCacheOfUser() {
    return new Npm(
        Stream.of(
                under(System.getenv("XDG_CACHE_HOME"), ""),
                under(System.getenv("HOME"), ".cache"),
                under(System.getProperty("java.io.tmpdir"), System.getProperty("user.name")))
            .flatMap(List::stream)
            .filter(Npm::isUsable)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no directory for a cache"))
            .resolve("conductor-agents"));
  }

  /**
   * Finds or installs a set.
   *
   * @return the directory with its programs
   * @throws IOException when npm is missing, reaches nothing or installs what does not run; says
   *     what it printed
   */
  Path install(Packages wanted) throws IOException, InterruptedException {
    Path place = cache.resolve(wanted.name());
    Files.createDirectories(cache);
    Path lock = cache.resolve(wanted.name() + ".lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!Files.isDirectory(place)) {
        Path half = cache.resolve(wanted.name() + ".half");
        delete(half);
        make(wanted, half);
        Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return programs(place);
  }

  private static void make(Packages wanted, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    var command =
        new ArrayList<>(
            List.of("npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix"));
    command.add(directory.toString());
    command.addAll(wanted.packages());
    run(directory, command);
    for (Packages.Program program : wanted.programs()) {
      String file = programs(directory).resolve(program.name()).toString();
      String said = run(directory, List.of(file, "--version"));
      if (!said.contains(program.version())) {
        throw new IOException(file + " should be " + program.version() + ", says: " + said);
      }
    }
  }

  private static Path programs(Path directory) {
    return directory.resolve("node_modules/.bin");
  }

  /** What a program prints; it must end well within ten minutes. */
  private static String run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return Files.readString(output);
      }
      throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Path> under(@Nullable String parent, String name) {
    return parent == null || parent.isBlank() ? List.of() : List.of(Path.of(parent, name));
  }

  private static boolean isUsable(Path directory) {
    try {
      return Files.isWritable(Files.createDirectories(directory));
    } catch (IOException _) {
      return false;
    }
  }
}
