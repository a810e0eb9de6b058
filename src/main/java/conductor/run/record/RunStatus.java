package conductor.run.record;

import java.util.Locale;

/** Where a run stands. */
public enum RunStatus {
  PENDING,
  RUNNING,
  BLOCKED,
  DONE,
  ERROR,
  ABORTED,
  /** The process that owned it is gone; never stored, seen by readers only. */
  INTERRUPTED;

  /** Returns whether it ended; of these only {@code error} can be taken up again. */
  public boolean ended() {
    return this == DONE || this == ERROR || this == ABORTED;
  }

  /** As users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
