package conductor.handlers.forge.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A bare repository as a forge works on it. */
final class BareGit {

  private final Path directory;

  BareGit(Path directory) {
    this.directory = directory;
  }

  /** How a git command ended. */
  record Ended(int code, String out) {}

  Ended run(String... arguments) {
    var words = new java.util.ArrayList<String>(List.of("git"));
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    var environment = builder.environment();
    environment.clear();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + role + "_NAME", "GitHub");
      environment.put("GIT_" + role + "_EMAIL", "noreply@github.invalid");
    }
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), out.strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String must(String... arguments) {
    Ended ended = run(arguments);
    if (ended.code() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + ended.out());
    }
    return ended.out();
  }

  Optional<String> branch(String name) {
    Ended ended = run("rev-parse", "--verify", "--quiet", "refs/heads/" + name);
    return ended.code() == 0 ? Optional.of(ended.out()) : Optional.empty();
  }

  /** Gets another repository's commits. */
  void fetch(BareGit other, String branch) {
    if (!other.directory.equals(directory)) {
      must("fetch", "-q", other.directory.toString(), "refs/heads/" + branch);
    }
  }

  int ahead(String base, String head) {
    return Integer.parseInt(must("rev-list", "--count", base + ".." + head));
  }

  boolean conflicts(String base, String head) {
    return run("merge-tree", "--write-tree", base, head).code() != 0;
  }

  private String tree(String base, String head) {
    return must("merge-tree", "--write-tree", base, head).lines().findFirst().orElseThrow();
  }

  /** The commit that a merge makes. */
  String merged(String method, String base, String head, String title) {
    return switch (method) {
      case "squash" -> must("commit-tree", tree(base, head), "-p", base, "-m", title);
      case "rebase" -> rebased(base, head);
      default -> must("commit-tree", tree(base, head), "-p", base, "-p", head, "-m", title);
    };
  }

  private String rebased(String base, String head) {
    try {
      Path checkout = Files.createTempDirectory(directory, "rebase");
      must("worktree", "add", "-q", "--detach", checkout.toString(), head);
      try {
        return new BareGit(checkout).rebase(base);
      } finally {
        must("worktree", "remove", "--force", checkout.toString());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String rebase(String base) {
    must("rebase", "-q", base);
    return must("rev-parse", "HEAD");
  }

  void move(String branch, String commit) {
    must("update-ref", "refs/heads/" + branch, commit);
  }

  /** Keeps the commit that a pull request proposes, as long as there is the repository. */
  void propose(int number, String commit) {
    must("update-ref", "refs/pull/" + number + "/head", commit);
  }

  /** The changes of a pull request. */
  String patch(String base, String head) {
    return must("diff", base + "..." + head) + "\n";
  }

  boolean delete(String branch) {
    return branch(branch).isPresent()
        && run("update-ref", "-d", "refs/heads/" + branch).code() == 0;
  }
}
