package conductor.run.record;

import conductor.effect.PRHandle;
import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.journal.Outcome;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the replies in a run's journal say of pull requests. */
public final class JournaledPulls {

  private JournaledPulls() {}

  /** A pull request as a reply had it last, and when that was. */
  public record Known(PRHandle pull, Instant at) {}

  /**
   * Returns what was last replied, by the urls.
   *
   * @throws conductor.journal.JournalException when the journal is damaged
   */
  public static Map<String, Known> of(RunDirectory run) {
    var search = new HandleSearch<>(run, PRHandle.class);
    var known = new LinkedHashMap<String, Known>();
    for (Entry entry : JournalFile.read(run.trace()).entries()) {
      if (entry instanceof Entry.Replied reply
          && reply.outcome() instanceof Outcome.Value(var value)) {
        search.look(value, pull -> known.put(pull.url(), new Known(pull, reply.at())));
      }
    }
    return known;
  }
}
