package conductor.engine;

import conductor.effect.Program;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.MemoryJournal;
import conductor.journal.Outcome;
import conductor.journal.Redactor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Runs programs against a world, one process after the other. */
final class Host {

  final World world;
  MemoryJournal journal = new MemoryJournal();
  Parking parking = Parking.never();
  private Run run;

  Host(World world) {
    this.world = world;
  }

  RunResult execute(Script.Text text) throws InterruptedException {
    return execute(Script.of(text));
  }

  RunResult execute(Program program) throws InterruptedException {
    return started().execute(program);
  }

  /** What the next execution will be, so that it can be stopped from another thread. */
  Run started() {
    var codec = new Codec(new Blobs(Path.of("target/nowhere")), Redactor.none());
    Handlers handlers = Handlers.none().with(World.Deed.class, world);
    run =
        new Run(
            "wf-000001",
            journal,
            codec,
            handlers,
            parking,
            RunListener.none(),
            InstantSource.system());
    return run;
  }

  /** A new process on the whole journal. */
  Host afterCrash() {
    journal = journal.afterCrash();
    return this;
  }

  /** A new process on what is left when the crash comes after some entries. */
  Host afterCrash(int entries) {
    var left = journal.afterCrash(entries);
    var host = new Host(world.afterCrash(left.all()));
    host.parking = parking;
    host.journal = left;
    return host;
  }

  /** Takes up a failed run again. */
  Host retry() {
    var history = History.of(journal.all());
    var ended = history.ended().orElseThrow();
    journal.append(new Entry.Retried(Instant.now(), history.epoch() + 1, ended.causes()));
    return afterCrash();
  }

  /** Takes an edited program into the journal. */
  Edit edit(Script.Text text) throws InterruptedException {
    Edit edit =
        Edit.of(
            journal.all(),
            new Codec(new Blobs(Path.of("target/nowhere")), Redactor.none()),
            RunListener.none(),
            InstantSource.system(),
            () -> Script.of(text));
    journal.append(edit.record());
    afterCrash();
    return edit;
  }

  /** The positions at which an effect was asked for, with its name, in the order of the journal. */
  List<String> asked() {
    return journal.all().stream()
        .filter(Entry.Asked.class::isInstance)
        .map(Entry.Asked.class::cast)
        .map(asked -> asked.position() + " " + asked.effect())
        .toList();
  }

  List<String> replied() {
    return journal.all().stream()
        .filter(Entry.Replied.class::isInstance)
        .map(Entry.Replied.class::cast)
        .map(Host::describe)
        .toList();
  }

  private static String describe(Entry.Replied reply) {
    String outcome =
        switch (reply.outcome()) {
          case Outcome.Value value -> value.value().toString();
          case Outcome.Failed failed -> failed.failure().path("type").asString();
          case Outcome.Cancelled _ -> "cancelled";
        };
    return reply.position() + " " + outcome + (reply.late() ? " late" : "");
  }
}
