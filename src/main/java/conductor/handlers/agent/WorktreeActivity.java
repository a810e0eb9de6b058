package conductor.handlers.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Detects changed files in a worktree, because an agent that prints nothing may still be working.
 * Searches the files only when it is asked, which is when an agent has been silent for long, and
 * stops at the first one that changed.
 */
final class WorktreeActivity {

  private final Path worktree;

  WorktreeActivity(Path worktree) {
    this.worktree = worktree;
  }

  /**
   * Returns whether a file or a directory changed after a moment. Times in the future, which a
   * program can set, and git's own files do not count.
   */
  boolean changedSince(Instant moment, Instant now) {
    var search = new Search(moment, now);
    try {
      Files.walkFileTree(worktree, search);
    } catch (IOException e) {
      // A worktree that cannot be read counts as unchanged.
    }
    return search.found;
  }

  private static final class Search extends SimpleFileVisitor<Path> {

    private final Instant since;
    private final Instant now;
    private boolean found;

    Search(Instant since, Instant now) {
      this.since = since;
      this.now = now;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : look(attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return look(attributes);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult look(BasicFileAttributes attributes) {
      Instant changed = attributes.lastModifiedTime().toInstant();
      if (!changed.isAfter(since) || changed.isAfter(now)) {
        return FileVisitResult.CONTINUE;
      }
      found = true;
      return FileVisitResult.TERMINATE;
    }
  }
}
