package conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the launcher sees of a machine, all of it in one directory: the system's places, the
 * programs on the PATH, a checkout, JDKs and a Maven that only note how they were called.
 */
final class Machine implements AutoCloseable {

  private static final List<String> TOOLS =
      List.of(
          "cp",
          "dirname",
          "find",
          "flock",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "touch");

  private static final List<String> SYSTEM_PLACES = List.of("/usr/lib/jvm/", "/opt/", "/Library/");

  private static final String JAVA =
      """
      #!/bin/sh
      for arg; do
        case $arg in
          -XX:AOTCacheOutput=*) echo cache > "${arg#*=}"; exit ;;
        esac
      done
      printf '%s\\n' "$0" "$@"
      """;

  private final Path root;
  private final List<Process> started = new ArrayList<>();

  /** A machine with git and Maven, but without a JDK; its sources are an hour old. */
  Machine(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    for (String tool : TOOLS) {
      program(bin(tool), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(realTool(tool)));
    }
    program(bin("uname"), "#!/bin/sh\necho Linux\n");
    program(bin("git"), "#!/bin/sh\n");
    maven("mkdir -p target/lib && echo jar > target/conductor.jar");
    for (Path source : List.of(pom(), source())) {
      Files.writeString(made(source), "");
    }
    for (Path old = source(); !old.equals(checkout()); old = old.getParent()) {
      age(old);
    }
    age(pom());
    program(checkout().resolve("conductor"), script());
    Files.createSymbolicLink(
        made(root.resolve("links/conductor")), Path.of("../check out/conductor"));
    Files.createDirectories(root.resolve("elsewhere"));
  }

  Path checkout() {
    return root.resolve("check out");
  }

  Path pom() {
    return checkout().resolve("pom.xml");
  }

  Path source() {
    return checkout().resolve("src/main/java/conductor/Main.java");
  }

  /** The place on this machine of a file that is named as on a real one. */
  Path at(String file) {
    return root.resolve(file.substring(1));
  }

  Path bin(String program) {
    return root.resolve("bin").resolve(program);
  }

  /** Installs a JDK whose java prints its own path and its arguments, a line each. */
  Path jdk(String home, String version) throws IOException {
    Path jdk = at(home);
    program(jdk.resolve("bin/java"), JAVA);
    program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** Installs a Maven that notes each of its calls, then does what is given. */
  void maven(String command) throws IOException {
    program(
        bin("mvn"),
        "#!/bin/sh\necho \"$JAVA_HOME $*\" >> '%s'\n%s\n".formatted(mavenCalls(), command));
  }

  /** The calls of Maven: the JDK it was to use, then its arguments. */
  List<String> builds() throws IOException {
    return Files.exists(mavenCalls()) ? Files.readAllLines(mavenCalls()) : List.of();
  }

  /** The launcher's process, started through a symbolic link from another directory. */
  Process start(List<String> environment, String... arguments) throws IOException {
    return start(root.resolve("links/conductor"), environment, arguments);
  }

  /** Runs the launcher through a symbolic link from another directory. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return runWith(List.of(), arguments);
  }

  /** The same with more variables, each as {@code NAME=value}. */
  Ended runWith(List<String> environment, String... arguments)
      throws IOException, InterruptedException {
    return Ended.of(start(environment, arguments));
  }

  /** Runs another copy of the launcher. */
  Ended runAt(Path launcher, String... arguments) throws IOException, InterruptedException {
    return Ended.of(start(launcher, List.of(), arguments));
  }

  /** Makes a file executable, with the given text. */
  static Path program(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    // by a process of its own: one that another test just forks would keep the file open for
    // writing
    Process write =
        new ProcessBuilder(
                "sh", "-c", "cat > \"$1\" && chmod 755 \"$1\"", "sh", made(file).toString())
            .start();
    try (var in = write.outputWriter()) {
      in.write(text);
    }
    if (write.onExit().join().exitValue() != 0) {
      throw new IOException("cannot write " + file);
    }
    return file;
  }

  /** The launcher's text, with the system's places moved into this machine. */
  String script() throws IOException {
    String text = Files.readString(Path.of("conductor"));
    for (String place : SYSTEM_PLACES) {
      text = text.replace(" " + place, " " + at(place) + "/");
    }
    return text;
  }

  private Process start(Path launcher, List<String> environment, String... arguments)
      throws IOException {
    var command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).directory(root.resolve("elsewhere").toFile());
    return start(builder, environment);
  }

  /** A shell that can run the launcher as {@code "$0"}. */
  Process shell(String script) throws IOException {
    var builder =
        new ProcessBuilder("/bin/sh", "-c", script, checkout().resolve("conductor").toString());
    return start(builder, List.of());
  }

  private Process start(ProcessBuilder builder, List<String> environment) throws IOException {
    builder.environment().clear();
    builder.environment().put("PATH", root.resolve("bin").toString());
    builder.environment().put("HOME", at("/home/me").toString());
    for (String variable : environment) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Ends every launcher that still runs, and what it started. */
  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Path mavenCalls() {
    return root.resolve("maven-calls");
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  private static Path made(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return file;
  }

  private static Path realTool(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(tool + " is not on the PATH"));
  }

  /** How a launcher ended. */
  record Ended(int exit, List<String> out, String err) {

    /** The JDK whose java ran last. */
    Path jdk() {
      return Path.of(out.getFirst()).getParent().getParent();
    }

    /** Waits a minute at most; what it printed is short, so its pipes cannot fill. */
    static Ended of(Process process) throws IOException, InterruptedException {
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the launcher did not end within a minute");
      }
      return new Ended(
          process.exitValue(),
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList(),
          new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
  }
}
