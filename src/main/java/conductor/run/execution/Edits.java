package conductor.run.execution;

import conductor.engine.Abandonment;
import conductor.engine.Edit;
import conductor.engine.History;
import conductor.engine.RunListener;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.run.record.Ownership;
import conductor.script.Workflow;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes an edited script into a run that has not ended, or failed. */
final class Edits {

  private final Conductor conductor;
  private final RunDirectory run;
  private final Codec codec;
  private final RunListener listener;

  /**
   * @param listener is told when the script keeps the rehearsal waiting
   */
  Edits(Conductor conductor, RunDirectory run, RunListener listener) {
    this.conductor = conductor;
    this.run = run;
    this.listener = listener;
    this.codec = new Codec(new Blobs(run.blobs()), conductor.redactor());
  }

  /**
   * Holds a script against the run's journal, and makes it the run's script when the change is
   * accepted.
   *
   * @param edited the script; the run's own file, as it is now, when it is empty
   * @return whether it was
   */
  boolean take(Optional<Scripts.Edited> edited, Predicate<Change> accepts)
      throws InterruptedException {
    try (Ownership _ = Ownership.take(run, conductor.clock());
        FileJournal journal = FileJournal.open(run.trace())) {
      History history = History.of(journal.entries());
      refuse(history);
      Pinned pinned = Pinned.read(Pinned.source(run, history.edition()));
      Scripts.Found found = conductor.scripts().edited(pinned, edited);
      Workflow workflow = conductor.scripts().compile(found);
      List<Entry> entries = retried(journal.entries(), history);
      Edit edit =
          Edit.of(
              entries,
              codec,
              listener,
              conductor.clock(),
              () -> conductor.scripts().compile(found).program(pinned.params(), pinned.issue()));
      if (!accepts.test(Change.of(journal.entries(), edit))) {
        return false;
      }
      abandon(edit, pinned);
      pin(pinned, found, workflow, edit.record().epoch());
      edit.entries()
          .subList(journal.entries().size(), edit.entries().size())
          .forEach(journal::append);
      journal.sync();
      return true;
    }
  }

  private void refuse(History history) {
    String id = run.id();
    history
        .ended()
        .filter(ended -> !ended.status().equals("error"))
        .ifPresent(ended -> {
          throw new CannotStart(
              "%s is %s, there is nothing to resume; 'conductor fork %s --at POSITION' starts a new run from a part of it"
                  .formatted(id, ended.status(), id));
        });
    if (history.stopped()) {
      throw new CannotStart("%s was told to stop; 'conductor resume %s' ends it".formatted(id, id));
    }
  }

  /** Failures that no script caught are tried again, as by any resume. */
  private List<Entry> retried(List<Entry> entries, History history) {
    var all = new ArrayList<>(entries);
    history
        .ended()
        .filter(ended -> !ended.causes().isEmpty())
        .ifPresent(ended -> {
          Instant now = conductor.clock().instant();
          all.add(new Entry.Retried(now, history.epoch() + 1, ended.causes()));
        });
    return all;
  }

  private void abandon(Edit edit, Pinned pinned) throws InterruptedException {
    List<Entry.Asked> open = edit.abandoned();
    if (!open.isEmpty()) {
      var wiring = new Wiring(conductor, run, pinned);
      var before = History.of(edit.entries().subList(0, edit.entries().size() - 1));
      new Abandonment(run.id(), before, codec, wiring.handlers(), conductor.clock()).of(open);
      wiring.conversations().release();
    }
  }

  /** Beside the old source: the record of the edit makes it count. */
  private void pin(Pinned pinned, Scripts.Found found, Workflow workflow, int edition) {
    Path source = Pinned.source(run, edition);
    conductor
        .pinned(found, workflow, pinned)
        .write(source, found.text(), workflow.loaded(), conductor.scripts().library(found.file()));
  }
}
