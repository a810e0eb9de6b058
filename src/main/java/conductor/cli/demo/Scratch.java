package conductor.cli.demo;

import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.process.Command;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A temporary directory in which to try conductor: a repository with a small program, a bare {@code
 * origin}, an issue, scripted agents, and a state directory of its own. Nothing outside it is
 * changed.
 */
public final class Scratch implements AutoCloseable {

  private final Path root;
  private final Map<String, String> environment;

  private Scratch(Path root, Map<String, String> host) {
    this.root = root;
    this.environment = new TreeMap<>(host);
    environment.keySet().removeIf(name -> name.startsWith("CONDUCTOR_"));
    environment.put("CONDUCTOR_STATE_DIR", root.resolve("state").toString());
    environment.put("XDG_CONFIG_HOME", root.resolve("config").toString());
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
  }

  /** Creates a scratch directory, from the files in {@code examples/demo} of an installation. */
  public static Scratch make(Path home, Map<String, String> host) throws InterruptedException {
    try {
      var scratch = new Scratch(Files.createTempDirectory("conductor-demo-").toRealPath(), host);
      scratch.fill(home.resolve("examples/demo"));
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a scratch repository: " + Reason.of(e), e);
    }
  }

  private void fill(Path demo) throws IOException, InterruptedException {
    copy(demo.resolve("repository"), repository());
    Files.copy(demo.resolve("issue.md"), issue());
    AtomicFile.write(
        root.resolve("config/doeff-conductor/config.yaml"),
        """
        agent: scripted
        agents:
          scripted:
            script: %s
        caps:
          agents: 4
        """
            .formatted(demo.resolve("agent.groovy")));
    Git git = Git.in(repository(), environment);
    git.must("init", "-q", "-b", "main");
    git.must("config", "user.name", "Conductor Demo");
    git.must("config", "user.email", "demo@conductor.invalid");
    git.must("add", ".");
    git.must("commit", "-q", "-m", "A program that makes slugs");
    git.must("clone", "-q", "--bare", ".", root.resolve("origin.git").toString());
    git.must("remote", "add", "origin", root.resolve("origin.git").toString());
    git.must("fetch", "-q", "origin");
    git.must("branch", "-q", "--set-upstream-to=origin/main");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Returns the repository, a clone of the bare one beside it. */
  public Path repository() {
    return root.resolve("repository");
  }

  public Path issue() {
    return root.resolve("issue.md");
  }

  public Path state() {
    return root.resolve("state");
  }

  /** Returns the environment in which conductor and git use this directory. */
  public Map<String, String> environment() {
    return environment;
  }

  public Command.Ended run(String... words) throws InterruptedException {
    return new Command(List.of(words), repository(), environment, "", Duration.ofMinutes(1)).run();
  }

  @Override
  public void close() {
    FileTree.delete(root);
  }
}
