package conductor.report.bundle;

import conductor.journal.Redactor;
import conductor.report.Changes;
import conductor.run.record.RunStore;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a run, and those that it started, into one archive that can be verified: its first file is
 * the {@link Manifest} of all others. A run at rest always gives the same bytes.
 */
public final class BundleWriter {

  private final RunStore store;
  private final Redactor secrets;
  private final Page page;

  /**
   * Creates a writer.
   *
   * @param changes finds what worktrees have against their bases, for the reports
   * @param secrets replaces secrets by their names
   */
  public BundleWriter(RunStore store, Changes changes, Redactor secrets) {
    this.store = store;
    this.secrets = secrets;
    this.page = new Page(store, changes, secrets);
  }

  /**
   * Writes the file, whole or not at all; replaces one that is there. Changes nothing of the runs.
   *
   * @return what it holds, with what was wrong with the runs
   * @throws java.io.UncheckedIOException when the file cannot be written
   */
  public Manifest write(RunDirectory run, Path file) throws InterruptedException {
    try (Spool spool = Spool.beside(file)) {
      var contents = new Contents(spool);
      List<RunDirectory> family = Family.of(store, run);
      for (RunDirectory one : family) {
        new BundledRun(one, secrets, spool, contents).take(page);
      }
      Manifest manifest =
          contents.manifest(run.id(), family.stream().map(RunDirectory::id).toList());
      AtomicFile.write(file, to -> contents.write(manifest, to));
      return manifest;
    }
  }
}
