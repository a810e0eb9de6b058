package conductor.effect;

import java.nio.file.Path;

/** How {@code ReadFile} and {@code WriteFile} fail. */
public abstract sealed class FileFailure extends Failure
    permits FileFailure.OutsideWorktree, FileFailure.FileNotFound, FileFailure.NotText {

  private FileFailure(String message) {
    super(message);
  }

  /** A path leads out of the worktree. */
  public static final class OutsideWorktree extends FileFailure {

    /** as given */
    public final String path;

    /** the worktree */
    public final Path worktree;

    public OutsideWorktree(String path, Path worktree) {
      super("'%s' leads out of the worktree %s; give a path inside it".formatted(path, worktree));
      this.path = path;
      this.worktree = worktree;
    }
  }

  /** There is no such file. */
  public static final class FileNotFound extends FileFailure {

    /** as given */
    public final String path;

    /** the worktree */
    public final Path worktree;

    public FileNotFound(String path, Path worktree) {
      super("there is no file '%s' in %s".formatted(path, worktree));
      this.path = path;
      this.worktree = worktree;
    }
  }

  /** It is no text file: a directory, too large, not UTF-8, or not to be read or written. */
  public static final class NotText extends FileFailure {

    /** as given */
    public final String path;

    /** what it is */
    public final String reason;

    public NotText(String path, String reason) {
      super("'%s' is of no use as a text file: %s".formatted(path, reason));
      this.path = path;
      this.reason = reason;
    }
  }
}
