package conductor.run.record;

import conductor.process.ProcessIdentity;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that executes a run.
 *
 * @param v the format
 * @param since when it took the run
 */
public record Owner(int v, ProcessIdentity process, Instant since) {

  private static final int FORMAT = 1;

  static Owner current(Instant now) {
    return new Owner(FORMAT, ProcessIdentity.current(), now);
  }

  /** Returns the process that holds or held a run; empty when none is recorded. */
  static Optional<Owner> read(Path file) {
    return StateJson.find(file, Owner.class, FORMAT);
  }

  public boolean alive() {
    return process.alive();
  }

  @Override
  public String toString() {
    return "process " + process.pid() + " (since " + since + ")";
  }
}
