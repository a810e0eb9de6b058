package conductor.cli;

import conductor.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A repository with one commit that is pushed to its bare origin. Git makes it once for all tests
 * of this JVM, which takes some fifteen processes; each test works on a copy of its own, without
 * the examples of hooks.
 */
final class RepositoryTemplate {

  /** The only file that knows where it is. */
  private static final Path CONFIG = Path.of("repo/.git/config");

  private static final class Made {
    /** Made by a thread that no test's time limit interrupts. */
    static final RepositoryTemplate HERE =
        CompletableFuture.supplyAsync(
                RepositoryTemplate::new, task -> Thread.ofPlatform().daemon().start(task))
            .join();
  }

  private final List<Path> directories;
  private final Map<Path, byte[]> files = new HashMap<>();
  private final String root;

  private RepositoryTemplate() {
    try {
      Path made = Files.createTempDirectory("template").toRealPath();
      root = made.toString();
      Project.withoutRepository(made)
          .sh(
              """
              git init -q --bare origin.git
              git clone -q origin.git repo 2>/dev/null
              cd repo
              printf 'one\\n' > README.md
              git add .
              git commit -q -m first
              git push -q origin HEAD:main
              git remote set-head origin main
              """);
      directories = read(made);
      FileTree.delete(made);
    } catch (Exception e) {
      throw new IllegalStateException("git made no repository: " + e, e);
    }
  }

  /** Reads the files; returns the directories, each before what is in it. */
  private List<Path> read(Path made) throws IOException {
    try (Stream<Path> all = Files.walk(made)) {
      List<Path> found =
          all.filter(file -> !file.startsWith(made.resolve("home")))
              .filter(file -> !file.toString().endsWith(".sample"))
              .toList();
      for (Path file : found) {
        if (Files.isRegularFile(file)) {
          files.put(made.relativize(file), Files.readAllBytes(file));
        }
      }
      return found.stream().filter(Files::isDirectory).map(made::relativize).toList();
    }
  }

  /** Makes a copy in a project's directory. */
  static void copy(Project project) throws Exception {
    Made.HERE.write(project.root);
    project.sh(project.repo, "git update-index -q --refresh"); // which knows files by their inodes
  }

  private void write(Path to) throws IOException {
    for (Path directory : directories) {
      Files.createDirectories(to.resolve(directory));
    }
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Files.write(to.resolve(file.getKey()), file.getValue());
    }
    Path config = to.resolve(CONFIG);
    Files.writeString(config, Files.readString(config).replace(root, to.toRealPath().toString()));
  }
}
