package conductor.report.bundle;

import conductor.handlers.agent.AgentStatusFile;
import conductor.journal.Entry;
import conductor.journal.Redactor;
import conductor.report.Changes;
import conductor.report.ReportPage;
import conductor.report.ReportReader;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Makes the report of a run as it was when something was last recorded, so that two reports of one
 * run at rest are the same.
 */
final class Page {

  private final RunStore store;
  private final Changes changes;
  private final Redactor secrets;

  Page(RunStore store, Changes changes, Redactor secrets) {
    this.store = store;
    this.changes = changes;
    this.secrets = secrets;
  }

  String of(RunDirectory run, List<Entry> entries) throws InterruptedException {
    RunMeta meta = store.meta(run);
    Instant last = entries.isEmpty() ? meta.updated() : entries.getLast().at();
    return ReportPage.of(
        new ReportReader(changes, secrets, ZoneOffset.UTC)
            .read(run, meta, RunView.of(entries), AgentStatusFile.used(run.agents()), last));
  }
}
