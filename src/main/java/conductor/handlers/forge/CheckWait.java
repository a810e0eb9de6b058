package conductor.handlers.forge;

import conductor.effect.Checks;
import conductor.effect.PRHandle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the checks of a pull request are complete: all checks that began have ended, the
 * required ones exist, and nothing has changed for a while. Missing required checks are not waited
 * for once a check has failed.
 */
final class CheckWait {

  private final Forge forge;
  private final PRHandle pr;
  private final InstantSource clock;
  private Forge.@Nullable Standing last;
  private Instant changed = Instant.EPOCH;

  CheckWait(Forge forge, PRHandle pr, InstantSource clock) {
    this.forge = forge;
    this.pr = pr;
    this.clock = clock;
  }

  /** Reads the checks and returns them; empty while they are not complete. */
  Optional<Checks> look() throws InterruptedException {
    Forge.Standing now = forge.checks(pr);
    if (last == null || !now.checks().equals(last.checks())) {
      changed = clock.instant();
    }
    last = now;
    boolean quiet =
        Duration.between(changed, clock.instant()).compareTo(now.settling()) >= 0
            && now.running().isEmpty();
    boolean clear = now.missing().isEmpty() || !now.checks().passed();
    return quiet && clear ? Optional.of(now.checks()) : Optional.empty();
  }

  /** Returns a description of what is still waited for. */
  String awaited() {
    if (last == null) {
      return "the checks";
    }
    var awaited = new ArrayList<String>();
    if (!last.missing().isEmpty()) {
      awaited.add("the required checks that have not begun: " + String.join(", ", last.missing()));
    }
    if (!last.running().isEmpty()) {
      awaited.add("the end of " + String.join(", ", last.running()));
    }
    return awaited.isEmpty() ? "the end of the checks" : String.join(", ", awaited);
  }
}
