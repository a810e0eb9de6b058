package conductor.engine;

import conductor.error.UserError;
import conductor.journal.Position;
import java.util.List;

/**
 * The error of a script that asks for something else than its journal holds (law 4). Nothing was
 * performed.
 *
 * <p>Typical causes: the script reads something outside, such as the clock, without an effect, or
 * its source was changed.
 */
public final class Mismatch extends UserError {

  public final Position position;

  /** Description of what the journal holds there, with the line that asked for it. */
  public final String recorded;

  /** Description of what the script asks for, with its line. */
  public final String now;

  /** The arguments that differ where the script asks for the same with others; else empty. */
  public final List<ChangedArgument> changed;

  Mismatch(Position position, String recorded, String now) {
    this(position, recorded, now, List.of());
  }

  Mismatch(Position position, String recorded, String now, List<ChangedArgument> changed) {
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
    this.changed = List.copyOf(changed);
  }
}
