package conductor.engine;

import conductor.error.UserError;
import conductor.journal.Position;

/**
 * A script asks for something else than its journal holds (law 4). Nothing was performed.
 *
 * <p>It happens when a script takes something from the world behind the engine's back, such as the
 * clock, or when its source was changed.
 */
public final class Mismatch extends UserError {

  /** Where the two part. */
  public final Position position;

  /** What the journal holds there, with the line that asked for it. */
  public final String recorded;

  /** What the script asks for, with its line. */
  public final String now;

  Mismatch(Position position, String recorded, String now) {
    super(
        Kind.MACHINE,
        """
        the script does not do what its journal holds at position %s
          recorded: %s
          now:      %s
        A script must do the same when it is run again: take the time, random numbers, files and the environment by effects ('conductor check' finds \
        such places). If the script was changed on purpose, or branches share a variable that a failure had changed: 'conductor resume --edited'.\
        """
            .formatted(position, recorded, now));
    this.position = position;
    this.recorded = recorded;
    this.now = now;
  }
}
