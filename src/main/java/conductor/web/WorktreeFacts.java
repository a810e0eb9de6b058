package conductor.web;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.UserError;
import conductor.handlers.git.Git;
import conductor.handlers.people.Shown;
import conductor.handlers.worktree.WorktreeInspector;
import conductor.handlers.worktree.Worktrees;
import conductor.run.record.Amounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What takes long to find out of worktrees: how many files are not committed, and their size. It is
 * looked at one worktree after the other, beside whoever asks, for those that are asked for, and
 * for a limited time each. Safe for use by several threads.
 */
final class WorktreeFacts {

  /** How long a git command, or the count of a size, may take. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** For how long what was found is shown. */
  private static final Duration FRESH = Duration.ofSeconds(20);

  /** How long a page waits for what was never looked at. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** Of how many worktrees it keeps what was found. */
  private static final int KEPT = 1_000;

  private final WorktreeInspector inspector;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, WorktreeEnv> wanted = new LinkedHashMap<>();
  private @Nullable Thread worker;

  /** Creates the reader, given git in some directory. */
  WorktreeFacts(Git git, Worktrees worktrees) {
    this.inspector = new WorktreeInspector(git.limited(LIMIT), worktrees);
  }

  private record Known(long at, List<String> words) {}

  /**
   * Returns in words what is known by now, by the ids; what is not known yet is found out for the
   * next time.
   */
  synchronized Map<String, List<String>> of(List<WorktreeEnv> envs) throws InterruptedException {
    long now = System.nanoTime();
    if (known.size() > KEPT) {
      known.clear();
    }
    for (WorktreeEnv env : envs) {
      Known before = known.get(env.id());
      if (before == null || now - before.at() > FRESH.toNanos()) {
        wanted.putIfAbsent(env.id(), env);
      }
    }
    if (!wanted.isEmpty() && (worker == null || !worker.isAlive())) {
      worker = Thread.ofVirtual().name("worktrees").start(this::work);
    }
    long left = PATIENCE.toMillis();
    while (left > 0 && envs.stream().anyMatch(env -> !known.containsKey(env.id()))) {
      wait(left);
      left = PATIENCE.toMillis() - (System.nanoTime() - now) / 1_000_000;
    }
    var words = new HashMap<String, List<String>>();
    for (WorktreeEnv env : envs) {
      Known found = known.get(env.id());
      words.put(env.id(), found == null ? List.of("not looked at yet") : found.words());
    }
    return words;
  }

  private void work() {
    try {
      for (Optional<WorktreeEnv> env = next(); env.isPresent(); env = next()) {
        List<String> words = read(env.get());
        synchronized (this) {
          known.put(env.get().id(), new Known(System.nanoTime(), words));
          notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the next that is asked for; with none the worker ends. */
  private synchronized Optional<WorktreeEnv> next() {
    Iterator<WorktreeEnv> first = wanted.values().iterator();
    if (!first.hasNext()) {
      worker = null;
      return Optional.empty();
    }
    WorktreeEnv env = first.next();
    first.remove();
    return Optional.of(env);
  }

  private List<String> read(WorktreeEnv env) throws InterruptedException {
    var words = new ArrayList<String>();
    try {
      int files = inspector.uncommitted(env);
      words.add(files == 0 ? "all committed" : files + " uncommitted");
    } catch (GitFailure.GitError e) {
      words.add("what is uncommitted is not known: " + e.reason);
    } catch (GitFailure | UserError | UncheckedIOException e) {
      words.add("what is uncommitted is not known: " + e.getMessage());
    }
    words.add(size(env.path()));
    return words.stream().map(Shown::oneLine).toList();
  }

  private static String size(Path directory) {
    var sum = new Sum(System.nanoTime() + LIMIT.toNanos());
    try {
      Files.walkFileTree(directory, sum);
    } catch (IOException e) {
      return "its size is not known";
    }
    return (sum.isOver() ? "more than " : "") + Amounts.size(sum.bytes);
  }

  /** Sums up the sizes of files until a time. */
  private static final class Sum extends SimpleFileVisitor<Path> {

    private final long until;
    private long bytes;
    private boolean over;

    Sum(long until) {
      this.until = until;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
      bytes += about.isRegularFile() ? about.size() : 0;
      over = System.nanoTime() - until > 0;
      return over ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it went away meanwhile
    }
  }
}
