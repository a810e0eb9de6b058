package conductor.handlers.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Detects changed files in a worktree, because an agent that prints nothing may still be working.
 * Searches the files only when it is asked, which is when an agent has been silent for long, and
 * stops at the first one that changed.
 */
record WorktreeActivity(Path worktree) {

  /**
   * Returns whether a file or a directory changed after a moment. Times in the future, which a
   * program can set, and git's own files do not count.
   */
  boolean changedSince(Instant moment, Instant now) {
    var found = new AtomicBoolean();
    var search =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.endsWith(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : visitFile(directory, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Instant changed = attributes.lastModifiedTime().toInstant();
            found.set(changed.isAfter(moment) && !changed.isAfter(now));
            return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(worktree, search);
    } catch (IOException e) {
      // A worktree that cannot be read counts as unchanged.
    }
    return found.get();
  }
}
