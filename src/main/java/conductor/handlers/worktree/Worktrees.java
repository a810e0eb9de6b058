package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.InitialChanges;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import conductor.state.FileTree;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.TextFile;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records of the worktrees that conductor made. Each is a file beside the worktree, written
 * before the worktree itself, so that a worktree that a crash left unfinished is found by its key.
 */
public final class Worktrees {

  private static final String OLD = ".properties";

  private final StateDirectory state;

  public Worktrees(StateDirectory state) {
    this.state = state;
  }

  /** Returns the root of the state directory. */
  Path state() {
    return state.root();
  }

  /** The record of a worktree: the act and the run that made it, and how far. */
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

  /** Returns the name of the directory for a repository's worktrees, with a hash of its path. */
  public static String nameOf(Path repository) {
    String name = String.valueOf(repository.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    byte[] path = repository.toString().getBytes(StandardCharsets.UTF_8);
    return name + "-" + Digest.sha256(path).substring(0, 8);
  }

  private Path directory(Path repository) {
    return state.worktrees().resolve(nameOf(repository));
  }

  /** What the file of a record holds. */
  record Kept(int v, String key, String run, Stage stage, WorktreeEnv env) {
    static final int FORMAT = 1;
  }

  /** Returns a file beside a worktree. */
  private Path beside(WorktreeEnv env, String ending) {
    return directory(env.repo()).resolve(env.id() + ending);
  }

  /** Returns the file that records how a worktree differed from its head when it was made. */
  Path birth(WorktreeEnv env) {
    return beside(env, ".born");
  }

  /** Returns the file of the branches that existed before a worktree, one name per line. */
  Path branchesBefore(WorktreeEnv env) {
    return beside(env, ".branches");
  }

  /** Returns the branches that existed before a worktree; empty when they were not recorded. */
  Set<String> branches(WorktreeEnv env) {
    Path file = branchesBefore(env);
    return Files.exists(file)
        ? TextFile.read(file).lines().collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** Returns the ignore file, if any, for copied files that the branch does not ignore itself. */
  public Path ignored(WorktreeEnv env) {
    return beside(env, ".ignore");
  }

  /** Returns the path of the worktree with an id. */
  Path path(Path repository, String id) {
    return directory(repository).resolve(id);
  }

  /** Writes or replaces the record of a worktree. */
  void write(Made made) {
    AtomicFile.write(
        beside(made.env(), ".json"),
        StateJson.pretty(new Kept(Kept.FORMAT, made.key(), made.run(), made.stage(), made.env())));
    InitialChanges.forget(beside(made.env(), OLD));
  }

  void forget(WorktreeEnv env) {
    Stream.of(".born", ".branches", ".ignore", OLD, ".json")
        .forEach(ending -> InitialChanges.forget(beside(env, ending)));
  }

  /** Returns the readable records of a repository's worktrees. */
  public List<Made> of(Path repository) {
    return in(directory(repository));
  }

  /** Returns the readable records of the worktrees of all repositories. */
  public List<Made> all() {
    return FileTree.in(state.worktrees()).stream()
        .flatMap(directory -> in(directory).stream())
        .toList();
  }

  /** Returns the directories beside the worktrees that have no record, which somebody else made. */
  public List<Path> foreign() {
    return FileTree.in(state.worktrees()).stream()
        .flatMap(directory -> FileTree.in(directory).stream())
        .filter(path -> Files.isDirectory(path) && !isThere(path, ".json") && !isThere(path, OLD))
        .toList();
  }

  /** Returns whether there is a file beside a worktree, even if it cannot be read. */
  private static boolean isThere(Path worktree, String ending) {
    return Files.exists(
        worktree.resolveSibling(worktree.getFileName() + ending), LinkOption.NOFOLLOW_LINKS);
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
    List<Path> listed = FileTree.in(directory);
    return listed.stream()
        .filter(file -> StateJson.isKept(file) || (isOld(file) && !listed.contains(kept(file))))
        .toList();
  }

  private static boolean isOld(Path file) {
    return file.toString().endsWith(OLD);
  }

  /** Returns the file that takes the place of an old record. */
  private static Path kept(Path old) {
    Path worktree = worktree(old);
    return worktree.resolveSibling(worktree.getFileName() + ".json");
  }

  /** Returns the worktree of a record's file. */
  private static Path worktree(Path file) {
    return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[a-z]+$", ""));
  }

  /** Returns what is wrong with each unreadable record, as one line, by the worktree's path. */
  public Map<Path, String> unreadable() {
    var wrong = new TreeMap<Path, String>();
    for (Path directory : FileTree.in(state.worktrees())) {
      for (Path file : records(directory)) {
        try {
          read(file);
        } catch (UnreadableState | UncheckedIOException e) {
          wrong.put(worktree(file), String.valueOf(e.getMessage()));
        }
      }
    }
    return wrong;
  }

  private static Made read(Path file) {
    Kept kept = StateJson.isKept(file) ? StateJson.read(file, Kept.class, Kept.FORMAT) : old(file);
    WorktreeEnv env = kept.env();
    if (Stream.of(
            env.id(),
            env.path(),
            env.branch(),
            env.baseCommit(),
            env.repo(),
            env.createdAt(),
            kept.key(),
            kept.run())
        .anyMatch(Objects::isNull)) {
      throw new UnreadableState(file + ": the record is damaged: a field is missing");
    }
    return new Made(env, kept.key(), kept.run(), kept.stage());
  }

  /**
   * Reads a record of an older version: lines {@code key=value}, where an empty value stands for
   * none. The oldest have no stage and only say whether the worktree is ready.
   */
  private static Kept old(Path file) {
    var fields = new LinkedHashMap<String, Object>();
    for (String line : TextFile.read(file).lines().toList()) {
      String[] parts = line.split("=", 2);
      if (parts.length == 2 && !parts[1].isEmpty()) {
        fields.put(parts[0], parts[1]);
      }
    }
    if (!"1".equals(fields.get("v"))) {
      throw new UnreadableState(
          "%s: expected a worktree's record of format 1, found '%s'; it is damaged"
              .formatted(file, fields.getOrDefault("v", "")));
    }
    fields.putIfAbsent("stage", "true".equals(fields.get("ready")) ? "ready" : "planned");
    fields.put("env", Map.copyOf(fields));
    try {
      return StateJson.parse(StateJson.line(fields), Kept.class);
    } catch (RuntimeException e) {
      throw new UnreadableState(file + ": the record is damaged: " + e.getMessage());
    }
  }

  /** Returns the record of the worktree that an act made or began to make; empty for none. */
  Optional<Made> byKey(Path repository, String key) {
    return mentioning(repository, key).filter(made -> made.key().equals(key)).findFirst();
  }

  /** Returns the readable records whose files hold a text; the other files are not parsed. */
  private Stream<Made> mentioning(Path repository, String text) {
    String quoted = StateJson.line(text);
    return records(directory(repository)).stream()
        .filter(file -> isOld(file) || mentions(file, quoted))
        .flatMap(file -> readable(file).stream());
  }

  private static boolean mentions(Path file, String quoted) {
    try {
      return TextFile.read(file).contains(quoted);
    } catch (UncheckedIOException e) {
      return false; // unreadable() reports it
    }
  }

  /** Returns the record of a worktree; empty for one that conductor did not make. */
  public Optional<Made> of(WorktreeEnv env) {
    Path kept = beside(env, ".json");
    Path file = Files.exists(kept) ? kept : beside(env, OLD);
    return (Files.exists(file) ? readable(file) : Optional.<Made>empty())
        .filter(made -> made.env().id().equals(env.id()));
  }

  /** Returns whether a worktree with an id or a branch is recorded. */
  boolean isPlanned(Path repository, String id, String branch) {
    Path worktree = path(repository, id);
    return isThere(worktree, ".json") || isThere(worktree, OLD) || isMade(repository, branch);
  }

  /** Returns whether a branch belongs to a recorded worktree. */
  public boolean isMade(Path repository, String branch) {
    return mentioning(repository, branch).anyMatch(made -> made.env().branch().equals(branch));
  }

  /** Throws {@code GitError} for a worktree without a record. */
  void mustBeOurs(WorktreeEnv env) {
    if (!isOurs(env)) {
      throw new GitFailure.GitError(
          "delete " + env.id(), "conductor did not make the worktree " + env.path());
    }
  }

  boolean isOurs(WorktreeEnv env) {
    return Files.exists(beside(env, ".json")) || Files.exists(beside(env, OLD));
  }
}
