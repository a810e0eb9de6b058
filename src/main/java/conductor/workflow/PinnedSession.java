package conductor.workflow;

import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record that marks a run as a person's session; the entries themselves are in its journal.
 *
 * @param v the format
 * @param language {@code groovy} or {@code java}
 * @param simulated whether nothing is performed
 * @param opened true for the fork of a workflow's run that was opened: the script is evaluated
 *     before anything is asked for, as it was in that run; null for others
 */
public record PinnedSession(int v, String language, boolean simulated, @Nullable Boolean opened) {

  static final int FORMAT = 1;

  public static PinnedSession of(Language language, boolean simulated) {
    return new PinnedSession(FORMAT, language.spelt(), simulated, null);
  }

  /** Returns the record of a session that looks into a workflow's run. */
  public static PinnedSession looking(Language language) {
    return new PinnedSession(FORMAT, language.spelt(), false, true);
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

  public boolean isOpened() {
    return opened != null && opened;
  }
}
