package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The records of the worktrees that conductor made. Each is a file beside the worktree, written
 * before the worktree itself, so that a worktree that a crash left unfinished is found by its key.
 */
public final class Worktrees {

  private static final String FORMAT = "1";

  private final StateDirectory state;

  public Worktrees(StateDirectory state) {
    this.state = state;
  }

  /**
   * The record of a worktree.
   *
   * @param key the key of the act that made it
   * @param run the run that it belongs to
   * @param stage how far it was made
   */
  public record Made(WorktreeEnv env, String key, String run, Stage stage) {

    Made at(Stage next) {
      return new Made(env, key, run, next);
    }
  }

  /** The stages of making a worktree. Only the recorded stage counts, not the files that exist. */
  public enum Stage {
    /** The worktree's name is reserved; git may have begun to make it. */
    PLANNED,
    /** The files of the worktree's commit are checked out. */
    CHECKED_OUT,
    /** The worktree is prepared, and somebody may have worked in it. */
    READY
  }

  /**
   * Returns the name of the directory for a repository's worktrees: its name and a hash of its
   * path.
   */
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

  /** Returns the file that records how a worktree differed from its head when it was made. */
  Path birth(WorktreeEnv env) {
    return directory(env.repo()).resolve(env.id() + ".born");
  }

  /**
   * Returns the file of the branches that existed before a worktree was made, one name per line.
   */
  Path branchesBefore(WorktreeEnv env) {
    return directory(env.repo()).resolve(env.id() + ".branches");
  }

  /**
   * Returns the branches that existed before a worktree was made; empty when they were not
   * recorded.
   */
  Set<String> branches(WorktreeEnv env) {
    Path file = branchesBefore(env);
    try {
      return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /**
   * Returns the ignore file for copied files that a worktree's branch does not ignore itself. The
   * file exists only where there are such files.
   */
  public Path ignored(WorktreeEnv env) {
    return directory(env.repo()).resolve(env.id() + ".ignore");
  }

  /** Returns the path of the worktree with an id. */
  Path path(Path repository, String id) {
    return directory(repository).resolve(id);
  }

  /** Writes or replaces the record of a worktree. */
  void write(Made made) {
    WorktreeEnv env = made.env();
    var lines = new ArrayList<String>();
    lines.add("v=" + FORMAT);
    lines.add("key=" + made.key());
    lines.add("run=" + made.run());
    lines.add("stage=" + made.stage().name().toLowerCase(Locale.ROOT));
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
    for (Path file : List.of(birth(env), branchesBefore(env), ignored(env), record(env))) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + file + ": " + Reason.of(e), e);
      }
    }
  }

  /** Returns the readable records of a repository's worktrees. */
  public List<Made> of(Path repository) {
    return in(directory(repository));
  }

  /** Returns the readable records of the worktrees of all repositories. */
  public List<Made> all() {
    return list(state.worktrees()).stream().flatMap(directory -> in(directory).stream()).toList();
  }

  /** Returns the directories beside the worktrees that have no record, which somebody else made. */
  public List<Path> foreign() {
    Set<Path> made = new HashSet<>(unreadable().keySet());
    all().forEach(one -> made.add(one.env().path()));
    return list(state.worktrees()).stream()
        .flatMap(directory -> list(directory).stream())
        .filter(path -> Files.isDirectory(path) && !made.contains(path))
        .toList();
  }

  /** Returns the readable records in a directory: an unreadable one must not hide the others. */
  private static List<Made> in(Path directory) {
    return records(directory).stream().flatMap(file -> readable(file).stream()).toList();
  }

  private static Optional<Made> readable(Path file) {
    try {
      return Optional.of(read(file));
    } catch (UnreadableState | UncheckedIOException e) {
      return Optional.empty(); // unreadable() reports it
    }
  }

  private static List<Path> records(Path directory) {
    return list(directory).stream()
        .filter(file -> file.toString().endsWith(".properties"))
        .toList();
  }

  /**
   * Returns what is wrong with each record that cannot be read, as one line, by the worktree's
   * path.
   */
  public Map<Path, String> unreadable() {
    var wrong = new TreeMap<Path, String>();
    for (Path directory : list(state.worktrees())) {
      for (Path file : records(directory)) {
        try {
          read(file);
        } catch (UnreadableState | UncheckedIOException e) {
          String name = file.getFileName().toString();
          String id = name.substring(0, name.length() - ".properties".length());
          wrong.put(directory.resolve(id), String.valueOf(e.getMessage()));
        }
      }
    }
    return wrong;
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
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
      return new Made(env(fields), required(fields, "key"), required(fields, "run"), stage(fields));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UnreadableState(file + ": the record is damaged: " + e.getMessage());
    }
  }

  /**
   * Returns the recorded stage. Old records have no stage and only say whether the worktree is
   * ready.
   */
  private static Stage stage(Properties fields) {
    if (Boolean.parseBoolean(fields.getProperty("ready"))) {
      return Stage.READY;
    }
    return Stage.valueOf(fields.getProperty("stage", "planned").toUpperCase(Locale.ROOT));
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
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
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

  /**
   * Returns the record of the worktree that an act made or began to make; empty when there is none.
   */
  Optional<Made> byKey(Path repository, String key) {
    return of(repository).stream().filter(made -> made.key().equals(key)).findFirst();
  }

  /** Returns the record of a worktree; empty for one that conductor did not make. */
  public Optional<Made> of(WorktreeEnv env) {
    return of(env.repo()).stream().filter(made -> made.env().id().equals(env.id())).findFirst();
  }

  /** Returns whether a branch belongs to a recorded worktree. */
  public boolean isMade(Path repository, String branch) {
    return of(repository).stream().anyMatch(made -> made.env().branch().equals(branch));
  }

  /**
   * Checks that conductor made a worktree.
   *
   * @throws GitFailure.GitError for a worktree without a record
   */
  void mustBeOurs(WorktreeEnv env) {
    if (!isOurs(env)) {
      throw new GitFailure.GitError(
          "delete " + env.id(), "conductor did not make the worktree " + env.path());
    }
  }

  boolean isOurs(WorktreeEnv env) {
    return Files.exists(record(env));
  }
}
