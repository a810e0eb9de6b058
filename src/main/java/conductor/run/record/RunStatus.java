package conductor.run.record;

import java.util.Locale;

/** The status of a run. */
public enum RunStatus {
  PENDING,
  RUNNING,
  BLOCKED,
  DONE,
  ERROR,
  ABORTED,
  /** The process that executed it is gone. Never stored; readers derive it. */
  INTERRUPTED;

  /** Returns whether the run has ended; of such runs only one with {@code error} can be resumed. */
  public boolean ended() {
    return this == DONE || this == ERROR || this == ABORTED;
  }

  /** Returns the name in lower case, as users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
