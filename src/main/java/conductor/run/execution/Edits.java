package conductor.run.execution;

import conductor.engine.Abandonment;
import conductor.engine.Edit;
import conductor.engine.History;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.script.Library;
import conductor.script.Workflow;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.Language;
import conductor.workflow.Pinned;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Replaces the script or the parameters of a run that has failed or not ended. */
record Edits(
    Host host, Scripts scripts, NewRuns newRuns, Executions executions, RunListener listener) {

  /** The script of a revised run, and its files. */
  private record Revised(
      Workflow workflow, String text, Library library, Pinned pinned, Supplier<Workflow> again) {}

  /** Edits a run as {@link Conductor#edit} says, and returns whether that was accepted. */
  boolean take(RunDirectory run, Revision revision, Predicate<ScriptChange> accepts)
      throws InterruptedException {
    try (OpenRun opened = OpenRun.take(run, host.clock(), host.secrets())) {
      refuse(run, opened.history());
      List<Entry> before = opened.entries();
      Path source = opened.source();
      Pinned kept = Pinned.read(source);
      Revised revised = revised(revision, source, kept);
      Pinned pinned = revised.pinned();
      Edit edit =
          Edit.of(
              retried(before, opened.history()),
              opened.codec(),
              listener,
              host.clock(),
              () -> revised.again().get().program(pinned.params(), pinned.issue()));
      if (!accepts.test(ScriptChange.of(before, edit))) {
        return false;
      }
      abandon(opened, edit, kept);
      pinned.write(
          // beside the old source; the record of the edit puts it in force
          Pinned.source(run, edit.record().epoch()),
          revised.text(),
          revised.workflow().loaded(),
          revised.library());
      edit.entries().subList(before.size(), edit.entries().size()).forEach(opened::add);
      opened.sync();
      return true;
    }
  }

  private Revised revised(Revision revision, Path source, Pinned kept) {
    return switch (revision.script()) {
      case Revision.Script.Kept _ -> {
        Library library = Pinned.library(source);
        String text = Pinned.whole(source).script(source);
        Supplier<Workflow> compiled = () -> Language.compile(kept.file(), text, library);
        Workflow workflow = compiled.get();
        Pinned with = newRuns.pinned(workflow, params(workflow, kept, revision));
        yield new Revised(workflow, text, library, with, compiled);
      }
      case Revision.Script.AsItIsNow _ ->
          revised(scripts.edited(kept, Optional.empty()), kept, revision);
      case Revision.Script.Given(var edited) ->
          revised(scripts.edited(kept, Optional.of(edited)), kept, revision);
    };
  }

  private Revised revised(Scripts.Found found, Pinned kept, Revision revision) {
    Workflow workflow = scripts.compile(found);
    found.mustHaveIssue(workflow, kept.issue() != null);
    Pinned with =
        newRuns.pinned(
            workflow, params(workflow, kept, revision).with(found.shown(), kept.agent()));
    return new Revised(
        workflow, found.text(), scripts.library(found.file()), with, () -> scripts.compile(found));
  }

  private static Pinned params(Workflow workflow, Pinned kept, Revision revision) {
    if (revision.params().isEmpty()) {
      return kept;
    }
    var params = new LinkedHashMap<String, @Nullable Object>(kept.params());
    params.putAll(revision.params());
    return kept.with(workflow.info().check(params));
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
