package conductor.journal;

import conductor.error.Reason;
import conductor.error.UserError;
import java.io.IOException;
import java.nio.file.Path;

/** The error of a journal that cannot be read or written. Nothing in it was changed. */
public abstract sealed class JournalException extends UserError {

  JournalException(String message) {
    super(Kind.MACHINE, message);
  }

  JournalException(String message, Throwable cause) {
    super(Kind.MACHINE, message, cause);
  }

  /** The error of a file whose content, before its tail, is not what was written. */
  public static final class Damaged extends JournalException {

    /** The number of the line, from 1. */
    public final int line;

    /** What is wrong with it. */
    public final String reason;

    public Damaged(Path file, int line, String reason) {
      super(
          "%s:%d: %s; the file was edited or the disk is damaged, nothing was changed. Restore the file, or look at what is there with 'conductor show'"
              .formatted(file, line, reason));
      this.line = line;
      this.reason = reason;
    }
  }

  /** The error of a file of a newer format than this version knows. */
  public static final class TooNew extends JournalException {
    public TooNew(Path file, int found, int known) {
      super(
          "%s is of format %d, this version knows up to %d; use a newer conductor. The file was not touched"
              .formatted(file, found, known));
    }
  }

  /** The error of a write that the file system refused. */
  public static final class Unwritable extends JournalException {
    public Unwritable(Path file, Throwable cause) {
      super(
          "cannot write "
              + file
              + ": "
              + (cause instanceof IOException refused ? Reason.of(refused) : cause.getMessage())
              + "; the run stops here and can be resumed",
          cause);
    }
  }
}
