package conductor.run.execution;

import conductor.engine.Abandonment;
import conductor.engine.Edit;
import conductor.engine.History;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.script.Workflow;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.Scripts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Replaces the script of a run that has failed or not ended by an edited one. */
record Edits(
    Host host, Scripts scripts, NewRuns newRuns, Executions executions, RunListener listener) {

  /** Edits a run as {@link Conductor#edit} says, and returns whether that was accepted. */
  boolean take(RunDirectory run, Optional<Scripts.Edited> edited, Predicate<ScriptChange> accepts)
      throws InterruptedException {
    try (OpenRun opened = OpenRun.take(run, host.clock(), host.secrets())) {
      refuse(run, opened.history());
      List<Entry> before = opened.entries();
      Pinned pinned = Pinned.read(opened.source());
      Scripts.Found found = scripts.edited(pinned, edited);
      Workflow workflow = scripts.compile(found);
      Edit edit =
          Edit.of(
              retried(before, opened.history()),
              opened.codec(),
              listener,
              host.clock(),
              () -> scripts.compile(found).program(pinned.params(), pinned.issue()));
      if (!accepts.test(ScriptChange.of(before, edit))) {
        return false;
      }
      abandon(opened, edit, pinned);
      newRuns
          .pinned(found, workflow, pinned)
          .write(
              // beside the old source; the record of the edit puts it in force
              Pinned.source(run, edit.record().epoch()),
              found.text(),
              workflow.loaded(),
              scripts.library(found.file()));
      edit.entries().subList(before.size(), edit.entries().size()).forEach(opened::add);
      opened.sync();
      return true;
    }
  }

  private static void refuse(RunDirectory run, History history) {
    String id = run.id();
    history
        .ended()
        .filter(ended -> !OpenRun.hasFailed(ended))
        .ifPresent(ended -> {
          throw new CannotStart(
              "%s is %s, there is nothing to resume; 'conductor fork %s --at POSITION' starts a new run from a part of it"
                  .formatted(id, ended.status(), id));
        });
    if (history.stopped()) {
      throw new CannotStart("%s was told to stop; 'conductor resume %s' ends it".formatted(id, id));
    }
  }

  /** Returns the entries with a record that uncaught failures are tried again, as by any resume. */
  private List<Entry> retried(List<Entry> entries, History history) {
    var all = new ArrayList<>(entries);
    history
        .ended()
        .filter(ended -> !ended.causes().isEmpty())
        .ifPresent(ended -> {
          Instant now = host.clock().instant();
          all.add(new Entry.Retried(now, history.epoch() + 1, ended.causes()));
        });
    return all;
  }

  private void abandon(OpenRun opened, Edit edit, Pinned pinned) throws InterruptedException {
    List<Entry.Asked> open = edit.abandoned();
    if (!open.isEmpty()) {
      Wiring wiring = executions.wiring(opened.run(), pinned);
      var before = History.of(edit.entries().subList(0, edit.entries().size() - 1));
      new Abandonment(opened.run().id(), before, opened.codec(), wiring.handlers(), host.clock())
          .of(open);
      wiring.conversations().release();
    }
  }
}
