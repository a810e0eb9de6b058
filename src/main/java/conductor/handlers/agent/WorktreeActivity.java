package conductor.handlers.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Tells whether files of a worktree were changed: an agent that says nothing may be at work. It
 * goes through the files when it is asked, which is only when an agent has been silent for long,
 * and ends at the first one that changed since.
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
      // A worktree that cannot be read tells nothing.
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
