package conductor.effect;

import java.nio.file.Path;

/**
 * The failures of paths in a worktree: of {@code ReadFile} and {@code WriteFile}, and of {@code
 * dir}.
 */
public abstract sealed class FileFailure extends Failure {

  private FileFailure(String message) {
    super(message);
  }

  /** The failure of a path that leads out of the worktree. */
  public static final class OutsideWorktree extends FileFailure {
    public final String path;
    public final Path worktree;

    public OutsideWorktree(String path, Path worktree) {
      super("'%s' leads out of the worktree %s; give a path inside it".formatted(path, worktree));
      this.path = path;
      this.worktree = worktree;
    }
  }

  /** The failure to find a file. */
  public static final class FileNotFound extends FileFailure {
    public final String path;
    public final Path worktree;

    public FileNotFound(String path, Path worktree) {
      super("there is no file '%s' in %s".formatted(path, worktree));
      this.path = path;
      this.worktree = worktree;
    }
  }

  /** The failure to find the directory that an agent or a command is to start in. */
  public static final class DirectoryNotFound extends FileFailure {
    public final String path;
    public final Path worktree;

    /** What is there instead, in words. */
    public final String found;

    public DirectoryNotFound(String path, Path worktree, String found) {
      super("there is no directory '%s' in %s: %s".formatted(path, worktree, found));
      this.path = path;
      this.worktree = worktree;
      this.found = found;
    }
  }

  /** The failure to keep a file with the run. */
  public static final class NotSaved extends FileFailure {
    public final String path;
    public final String reason;

    public NotSaved(String path, String reason) {
      super("'%s' is not saved: %s".formatted(path, reason));
      this.path = path;
      this.reason = reason;
    }
  }

  /**
   * The failure of a file that is no text file: a directory, too large, not UTF-8, or not to be
   * read or written.
   */
  public static final class NotText extends FileFailure {
    public final String path;
    public final String reason;

    public NotText(String path, String reason) {
      super("'%s' is of no use as a text file: %s".formatted(path, reason));
      this.path = path;
      this.reason = reason;
    }
  }
}
