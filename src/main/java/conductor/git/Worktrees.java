package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The worktrees that conductor made. Each has a record beside it that is written before the
 * worktree itself, so that what a crash left can be found by its key.
 */
public final class Worktrees {

  private static final String FORMAT = "1";

  private final StateDirectory state;

  public Worktrees(StateDirectory state) {
    this.state = state;
  }

  /**
   * A worktree and who made it.
   *
   * @param key of the act that made it
   * @param run the run it belongs to
   * @param ready whether it was made to the end
   */
  public record Made(WorktreeEnv env, String key, String run, boolean ready) {}

  /** The directory name of a repository: its name and a hash of its path. */
  public static String nameOf(Path repository) {
    String name = String.valueOf(repository.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    byte[] path = repository.toString().getBytes(StandardCharsets.UTF_8);
    return name + "-" + Digest.sha256(path).substring(0, 8);
  }

  private Path directory(Path repository) {
    return state.worktrees().resolve(nameOf(repository));
  }

  private Path record(WorktreeEnv env) {
    return directory(env.repo()).resolve(env.id() + ".properties");
  }

  /** Where the worktree of an id lies. */
  Path path(Path repository, String id) {
    return directory(repository).resolve(id);
  }

  /** Writes a record. */
  void write(Made made) {
    WorktreeEnv env = made.env();
    var lines = new ArrayList<String>();
    lines.add("v=" + FORMAT);
    lines.add("key=" + made.key());
    lines.add("run=" + made.run());
    lines.add("ready=" + made.ready());
    lines.add("id=" + env.id());
    lines.add("path=" + env.path());
    lines.add("branch=" + env.branch());
    lines.add("base_branch=" + (env.baseBranch() == null ? "" : env.baseBranch()));
    lines.add("base_remote=" + (env.baseRemote() == null ? "" : env.baseRemote()));
    lines.add("base_commit=" + env.baseCommit());
    lines.add("issue_id=" + (env.issueId() == null ? "" : env.issueId()));
    lines.add("repo=" + env.repo());
    lines.add("created_at=" + env.createdAt());
    AtomicFile.write(record(env), String.join("\n", lines) + "\n");
  }

  void forget(WorktreeEnv env) {
    try {
      Files.deleteIfExists(record(env));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + record(env) + ": " + e.getMessage(), e);
    }
  }

  /** All of a repository. */
  public List<Made> of(Path repository) {
    return in(directory(repository));
  }

  /** All of every repository. */
  public List<Made> all() {
    return list(state.worktrees()).stream().flatMap(directory -> in(directory).stream()).toList();
  }

  /** Directories beside the worktrees that have no record: somebody else's. */
  public List<Path> foreign() {
    List<Path> made = all().stream().map(one -> one.env().path()).toList();
    return list(state.worktrees()).stream()
        .flatMap(directory -> list(directory).stream())
        .filter(path -> Files.isDirectory(path) && !made.contains(path))
        .toList();
  }

  private static List<Made> in(Path directory) {
    return list(directory).stream()
        .filter(file -> file.toString().endsWith(".properties"))
        .map(Worktrees::read)
        .toList();
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Made read(Path file) {
    Properties fields = fields(file);
    String format = fields.getProperty("v", "");
    if (!format.equals(FORMAT)) {
      throw new UnreadableState(
          "%s: expected a worktree's record of format %s, found '%s'; a newer conductor may have written it, or it is damaged"
              .formatted(file, FORMAT, format));
    }
    try {
      return new Made(
          env(fields),
          required(fields, "key"),
          required(fields, "run"),
          Boolean.parseBoolean(fields.getProperty("ready")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UnreadableState(file + ": the record is damaged: " + e.getMessage());
    }
  }

  private static Properties fields(Path file) {
    var fields = new Properties();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          fields.setProperty(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static WorktreeEnv env(Properties fields) {
    return new WorktreeEnv(
        required(fields, "id"),
        Path.of(required(fields, "path")),
        required(fields, "branch"),
        optional(fields, "base_branch").orElse(null),
        optional(fields, "base_remote").orElse(null),
        required(fields, "base_commit"),
        optional(fields, "issue_id").orElse(null),
        Path.of(required(fields, "repo")),
        Instant.parse(required(fields, "created_at")));
  }

  private static String required(Properties fields, String name) {
    return optional(fields, name)
        .orElseThrow(() -> new IllegalArgumentException("it has no " + name));
  }

  private static Optional<String> optional(Properties fields, String name) {
    return Optional.ofNullable(fields.getProperty(name)).filter(value -> !value.isEmpty());
  }

  /** The worktree that an act made, or began to make. */
  Optional<Made> byKey(Path repository, String key) {
    return of(repository).stream().filter(made -> made.key().equals(key)).findFirst();
  }

  /**
   * Refuses what conductor did not make.
   *
   * @throws GitFailure.GitError for a worktree without a record
   */
  void mustBeOurs(WorktreeEnv env) {
    if (!Files.exists(record(env))) {
      throw new GitFailure.GitError(
          "delete " + env.id(), "conductor did not make the worktree " + env.path());
    }
  }

  boolean isOurs(WorktreeEnv env) {
    return Files.exists(record(env));
  }
}
