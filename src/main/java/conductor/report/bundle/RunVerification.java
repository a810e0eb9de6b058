package conductor.report.bundle;

import conductor.error.Reason;
import conductor.journal.Redactor;
import conductor.run.record.Ownership;
import conductor.run.record.RunFiles;
import conductor.run.record.RunStore;
import conductor.state.HashedInput.Hash;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks through the records of a run, and of those that it started; changes nothing (law 10). */
public final class RunVerification {

  private final Findings findings = new Findings();
  private final List<String> notes = new ArrayList<>();
  private long files;
  private long bytes;

  private RunVerification() {}

  /** Looks through a run, which may go on meanwhile. */
  public static Verification of(RunStore store, RunDirectory run) {
    var verification = new RunVerification();
    List<RunDirectory> family = Family.of(store, run);
    family.forEach(verification::look);
    return new Verification(
        run.id(),
        null,
        Manifest.known(),
        family.stream().map(RunDirectory::id).toList(),
        verification.files,
        verification.bytes,
        verification.findings.first(),
        verification.findings.more(),
        verification.notes);
  }

  private void look(RunDirectory run) {
    var check = new RecordCheck(run.root() + "/", run.id());
    look(check, run, run.meta());
    look(check, run, run.trace());
    try {
      for (Path file : new RunFiles(run, Redactor.none()).all()) {
        if (!file.equals(run.meta()) && !file.equals(run.trace())) {
          look(check, run, file);
        }
      }
    } catch (IOException e) {
      findings.add(run.root().toString(), "it cannot be read: " + Reason.of(e));
    }
    check.findings().forEach(findings::add);
    if (check.torn()) {
      notes.add(
          "%s: its last line is not whole: %s"
              .formatted(
                  run.trace(),
                  Ownership.of(run).isPresent()
                      ? "it is just being written"
                      : "it was never on disk, and 'conductor resume' sets it aside"));
    }
  }

  private void look(RecordCheck check, RunDirectory run, Path file) {
    try (var content = Files.newInputStream(file)) {
      Hash hash = check.take(run.root().relativize(file).toString(), content, false);
      files++;
      bytes += hash.size();
    } catch (NoSuchFileException e) {
      // the run goes on; the check says what must not be gone
    } catch (IOException e) {
      findings.add(file.toString(), "it cannot be read: " + Reason.of(e));
    }
  }
}
