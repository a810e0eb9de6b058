package conductor.handlers.forge;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A clone with a bare origin that has one commit on {@code main}, and a home of its own. */
public final class Workplace {

  public final Path root;
  public final Path origin;
  public final Path repo;
  public final Map<String, String> environment = new TreeMap<>();

  /**
   * @param origin where the bare repository is made
   */
  public Workplace(Path root, Path origin) throws Exception {
    this.root = root;
    this.origin = origin;
    this.repo = root.resolve("repo");
    Files.createDirectories(root.resolve("home"));
    Files.createDirectories(origin.getParent());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", root.resolve("home").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    sh(
        """
        git config --global user.name Tester
        git config --global user.email tester@example.com
        git config --global init.defaultBranch main
        git init -q --bare %1$s
        git clone -q %1$s repo 2>/dev/null
        cd repo
        printf 'one\\n' > README.md
        git add .
        git commit -q -m first
        git push -q origin HEAD:main
        git remote set-head origin main
        """
            .formatted(origin));
  }

  /** Runs shell lines and returns what they print. */
  public String sh(String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-euc", script).directory(root.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s\n%s", script, out).isZero();
    return out.strip();
  }

  /** Git in the clone, as conductor uses it. */
  public Git git() {
    return Git.in(repo, environment);
  }

  /** A worktree whose branch has a commit that writes a file, and is at the origin. */
  public WorktreeEnv branch(String name, String file, String text) throws Exception {
    Path path = root.resolve("worktrees").resolve(name);
    sh("git -C repo worktree add -q --no-track -b %s %s origin/main".formatted(name, path));
    var env =
        new WorktreeEnv(
            name,
            path,
            name,
            "main",
            "origin",
            git().must("rev-parse", "main"),
            null,
            repo,
            Instant.now(),
            null,
            null);
    commit(env, file, text);
    return env;
  }

  /** One more commit of a worktree, at the origin too. */
  public void commit(WorktreeEnv env, String file, String text) throws Exception {
    Files.writeString(env.path().resolve(file), text);
    sh(
        "cd %s; git add .; git commit -q -m 'Write %s'; git push -q %s HEAD:refs/heads/%s"
            .formatted(env.path(), file, origin, env.branch()));
  }

  /** What the origin's branch holds. */
  public List<String> files(String branch) throws Exception {
    return sh("git -C %s ls-tree --name-only %s".formatted(origin, branch)).lines().toList();
  }

  /** The subjects of the origin's branch, the newest first, with the number of parents. */
  public List<String> log(String branch) throws Exception {
    return sh("git -C %s log --format='%%s|%%p' %s".formatted(origin, branch))
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(parts -> parts[0] + " " + (parts[1].isEmpty() ? 0 : parts[1].split(" ").length))
        .toList();
  }

  /** The origin's branches. */
  public List<String> branches() throws Exception {
    return sh("git -C %s for-each-ref --format='%%(refname:short)' refs/heads".formatted(origin))
        .lines()
        .toList();
  }
}
