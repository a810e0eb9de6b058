package conductor.web;

import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.FileStamp;
import conductor.state.RunDirectory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The effects of the runs that pages show, read again only when a journal has changed. */
final class RunViews {

  /** Of how many runs they are kept. */
  private static final int KEPT = 20;

  private final RunStore store;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  RunViews(RunStore store) {
    this.store = store;
  }

  private record Seen(FileStamp journal, RunView view) {}

  /** Returns a run's effects as they are now; the view is nobody's to add to. */
  synchronized RunView of(RunDirectory run) {
    FileStamp journal = FileStamp.of(run.trace());
    Seen known = seen.remove(run.id());
    if (known == null || !known.journal().equals(journal)) {
      known = new Seen(journal, store.view(run));
    }
    seen.put(run.id(), known);
    if (seen.size() > KEPT) {
      seen.remove(seen.keySet().iterator().next());
    }
    return known.view();
  }
}
