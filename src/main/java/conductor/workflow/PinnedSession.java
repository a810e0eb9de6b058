package conductor.workflow;

import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The record that marks a run as a person's session; the entries themselves are in its journal.
 *
 * @param v the format
 * @param language {@code groovy} or {@code java}
 * @param simulated whether nothing is performed
 */
public record PinnedSession(int v, String language, boolean simulated) {

  static final int FORMAT = 1;

  public static PinnedSession of(Language language, boolean simulated) {
    return new PinnedSession(FORMAT, language.spelt(), simulated);
  }

  static Path file(RunDirectory run) {
    return run.source().resolve("session.json");
  }

  public void write(RunDirectory run) {
    AtomicFile.write(file(run), StateJson.pretty(this));
  }

  /** Returns the record of a run; empty for a run that is no session. */
  public static Optional<PinnedSession> of(RunDirectory run) {
    return StateJson.find(file(run), PinnedSession.class, FORMAT);
  }
}
