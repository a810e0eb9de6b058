package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.handlers.git.InitialChanges;
import conductor.handlers.git.StaleLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks worktrees before an act uses them: whether a directory still is the worktree that it was,
 * which branch is checked out, and what it contains. Changes only locks that a killed git left, and
 * the branch where commits were made beside it ({@link StrayCommits}).
 */
public final class WorktreeInspector {

  private static final Map<String, String> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("rebase-merge", "rebase");
    OPERATIONS.put("rebase-apply", "rebase");
    OPERATIONS.put("MERGE_HEAD", "merge");
    OPERATIONS.put("CHERRY_PICK_HEAD", "cherry-pick");
    OPERATIONS.put("REVERT_HEAD", "revert");
    OPERATIONS.put("sequencer", "cherry-pick");
    OPERATIONS.put("BISECT_LOG", "bisect");
  }

  private final Git host;
  private final Worktrees worktrees;

  /**
   * @param host git with the host's environment, anywhere
   */
  public WorktreeInspector(Git host, Worktrees worktrees) {
    this.host = host;
    this.worktrees = worktrees;
  }

  /**
   * Returns git in a worktree, set to ignore the files that were copied into it.
   *
   * @throws GitFailure.WorktreeNotReady when the directory is not that worktree any more
   */
  public Git git(WorktreeEnv env) {
    gitDirectory(env);
    return inside(env);
  }

  /** Returns git in a directory that was already checked to be the worktree. */
  private Git inside(WorktreeEnv env) {
    Git here = host.at(env.path());
    Path ignored = worktrees.ignored(env);
    return Files.exists(ignored) ? here.set("core.excludesFile", ignored.toString()) : here;
  }

  /** Returns in words why a directory is not the worktree any more; empty when it is. */
  Optional<String> lost(WorktreeEnv env) {
    try {
      gitDirectory(env);
      return Optional.empty();
    } catch (GitFailure.WorktreeNotReady e) {
      return Optional.of(String.join("; ", e.found));
    }
  }

  /**
   * Returns the git directory of a worktree: the one that its {@code .git} file names and that
   * names the worktree in turn. Without such a check git itself would search the directories above.
   *
   * @throws GitFailure.WorktreeNotReady when there is none
   */
  Path gitDirectory(WorktreeEnv env) {
    Path file = env.path().resolve(".git");
    if (!Files.isDirectory(env.path())) {
      throw notOurs(
          env,
          "the directory " + env.path() + " is gone",
          "its branch is kept; 'conductor resume' makes the worktree again");
    }
    if (!Files.exists(file)) {
      throw notOurs(env, "its .git file is gone", "restore it with 'git worktree repair'");
    }
    if (!Files.isRegularFile(file)) {
      throw notOurs(
          env,
          "its .git file was replaced by a repository of its own",
          "move that .git away and run 'git worktree repair'");
    }
    try {
      String text = Files.readString(file).strip();
      Path directory = env.path().resolve(text.replaceFirst("^gitdir: *", "")).normalize();
      if (!text.startsWith("gitdir:") || !Files.isDirectory(directory)) {
        throw notOurs(
            env,
            "its repository " + env.repo() + " is gone or was moved",
            "run 'git worktree repair " + env.path() + "' in the repository");
      }
      Path back = directory.resolve("gitdir");
      if (!Files.isRegularFile(back)
          || !same(directory.resolve(Files.readString(back).strip()), file)) {
        throw notOurs(
            env,
            "its .git file leads to another repository, " + directory,
            "restore it with 'git worktree repair'");
      }
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.isSameFile(one, other);
  }

  private static GitFailure.WorktreeNotReady notOurs(WorktreeEnv env, String found, String advice) {
    return new GitFailure.WorktreeNotReady(env.id(), List.of(found), advice);
  }

  /**
   * Returns the state of a worktree.
   *
   * @throws GitFailure.WorktreeNotReady when the directory is not that worktree any more
   */
  WorktreeState look(WorktreeEnv env) throws InterruptedException {
    Path gitDirectory = gitDirectory(env);
    var reading = new StatusReading();
    Git git = inside(env);
    for (String item :
        git.items(
            "--no-optional-locks",
            "status",
            "--porcelain=v2",
            "-z",
            "--branch",
            "--untracked-files=all",
            "--ignore-submodules=none",
            "--no-renames",
            "--no-ahead-behind")) {
      reading.add(item);
    }
    return reading.state(
        env,
        operation(gitDirectory),
        InitialChanges.read(worktrees.birth(env)),
        Submodules.paths(git));
  }

  private static Optional<String> operation(Path gitDirectory) {
    return OPERATIONS.entrySet().stream()
        .filter(entry -> Files.exists(gitDirectory.resolve(entry.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Returns the state of a worktree that is ready to be committed or pushed. Removes stale locks,
   * and moves the branch to commits that were made beside it.
   *
   * @param say receives a message about such a move
   * @throws GitFailure.WorktreeNotReady when it is not the worktree any more, in the middle of an
   *     operation, in conflict, or on a branch that somebody else may have made
   */
  WorktreeState ready(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    StaleLocks.clear(env, gitDirectory(env));
    WorktreeState state = look(env);
    List<String> obstacles = state.obstacles();
    if (!obstacles.isEmpty()) {
      throw new GitFailure.WorktreeNotReady(
          env.id(), obstacles, "finish or abort that in " + env.path() + ", then resume the run");
    }
    if (state.onBranch()) {
      return state;
    }
    StrayCommits.take(inside(env), state, worktrees.branches(env), say);
    return look(env);
  }

  /** Records how a new worktree differs from its head, see {@link InitialChanges}. */
  void born(WorktreeEnv env) throws InterruptedException {
    Path birth = worktrees.birth(env);
    InitialChanges.forget(birth);
    InitialChanges.write(birth, env.path(), look(env).changes());
  }

  /** Returns the pattern of an ignore file that matches exactly one path from the top directory. */
  static String pattern(String path) {
    var escaped = new StringBuilder("/");
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if ("\\*?[ !#".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Writes the worktree's ignore file: the user's own patterns and the paths of copied files. */
  void ignore(WorktreeEnv env, List<String> paths) throws InterruptedException {
    Path file = worktrees.ignored(env);
    var lines = new StringBuilder();
    Git git = host.at(env.path());
    Optional<String> users = git.setting("core.excludesFile");
    Path usual =
        users
            .map(name -> Path.of(name.replaceFirst("^~(?=/)", home())))
            .orElse(configuration().resolve("git/ignore"));
    try {
      if (Files.isReadable(usual)) {
        lines.append(Files.readString(usual, StandardCharsets.ISO_8859_1)).append('\n');
      }
      var text = new StringBuilder();
      paths.forEach(path -> text.append(pattern(path)).append('\n'));
      Files.write(
          file,
          (lines
                  + new String(
                      text.toString().getBytes(StandardCharsets.UTF_8),
                      StandardCharsets.ISO_8859_1))
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + Reason.of(e), e);
    }
  }

  private String home() {
    return host.environment().getOrDefault("HOME", "");
  }

  private Path configuration() {
    String named = host.environment().getOrDefault("XDG_CONFIG_HOME", "");
    return named.isEmpty() ? Path.of(home(), ".config") : Path.of(named);
  }
}
