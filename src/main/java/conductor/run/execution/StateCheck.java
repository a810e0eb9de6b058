package conductor.run.execution;

import conductor.error.Reason;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.issue.Vault;
import conductor.handlers.worktree.Worktrees;
import conductor.journal.Redactor;
import conductor.run.record.RunStore;
import conductor.state.FileTree;
import conductor.state.Locks;
import conductor.state.PrivateFiles;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks every file of a state directory that conductor reads again. Changes nothing; the {@link
 * Problem}s know how to repair.
 */
public final class StateCheck {

  private final StateDirectory state;
  private final RunStore store;
  private final InstantSource clock;
  private final Supplier<Redactor> secrets;
  private final List<Problem> problems = new ArrayList<>();

  StateCheck(
      StateDirectory state, RunStore store, InstantSource clock, Supplier<Redactor> secrets) {
    this.state = state;
    this.store = store;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** Returns all problems, in the order of the directory. */
  public List<Problem> problems() {
    if (!Files.isDirectory(state.root())) {
      return List.of();
    }
    for (Path directory : FileTree.in(state.workflows())) {
      if (Files.isDirectory(directory)) {
        var run = new RunDirectory(directory);
        problems.addAll(new RunCheck(run, store, clock, secrets).problems());
      }
    }
    index();
    new Vault(state.issues(), new Locks(), InstantSource.system())
        .all()
        .problems()
        .forEach(line -> said(state.issues(), line, "correct its front matter, or move it away"));
    new PullRequests(state)
        .unreadable()
        .forEach(line -> said(state.pulls(), line, "restore it, or move it away"));
    var worktrees = new Worktrees(state);
    worktrees
        .unreadable()
        .values()
        .forEach(line ->
            said(
                state.worktrees(),
                line,
                "restore it; the worktree itself was not touched: 'git worktree list' shows it"));
    worktrees
        .foreign()
        .forEach(path ->
            record(
                path,
                "the record of the worktree beside it is gone",
                "restore it, or move the worktree away: no run finds it"));
    permissions();
    return List.copyOf(problems);
  }

  private void record(Path worktree, String wrong, String advice) {
    Path record = worktree.resolveSibling(worktree.getFileName() + ".json");
    problems.add(new Problem(record, wrong, advice, null));
  }

  /** Adds a problem whose line names the file at its beginning or in it. */
  private void said(Path directory, String line, String advice) {
    int at = line.indexOf(directory.toString());
    int end = Math.max(line.indexOf(": ", Math.max(0, at)), line.indexOf(" is of format"));
    String file = at < 0 || end < 0 ? directory.toString() : line.substring(at, end);
    problems.add(new Problem(Path.of(file.replaceFirst(":\\d+$", "")), line, advice, null));
  }

  private void index() {
    try {
      store.checkIndex();
    } catch (UnreadableState e) {
      index(e, e.newer);
    } catch (UncheckedIOException e) {
      index(e, false);
    }
  }

  private void index(RuntimeException why, boolean newer) {
    problems.add(
        new Problem(
            state.index(),
            String.valueOf(why.getMessage()),
            newer ? "nothing depends on it" : "--repair writes it anew; nothing depends on it",
            newer
                ? null
                : () -> {
                  Problem.setAside(state.index());
                  store.rewriteIndex();
                }));
  }

  /** Checks that all files are private; those of worktrees have the permissions of the umask. */
  private void permissions() {
    try {
      Files.walkFileTree(
          state.root(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about)
                throws IOException {
              if (isWorktree(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              permission(directory);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                throws IOException {
              if (about.isRegularFile()) {
                permission(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // it has been deleted, or is reported above
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + state.root() + ": " + Reason.of(e), e);
    }
  }

  private boolean isWorktree(Path directory) {
    Path below = state.root().relativize(directory);
    return below.startsWith("worktrees") && below.getNameCount() > 2;
  }

  private void permission(Path file) throws IOException {
    if (!PrivateFiles.isPrivate(file)) {
      problems.add(
          new Problem(
              file,
              "others can look into it",
              "--repair takes it from them, as 'chmod go-rwx' does",
              () -> {
                if (Files.exists(file)) { // another repair may have set it aside
                  PrivateFiles.close(file);
                }
              }));
    }
  }
}
