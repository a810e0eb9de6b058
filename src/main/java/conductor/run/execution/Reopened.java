package conductor.run.execution;

import conductor.effect.Effect;
import conductor.effect.Entered;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.error.Reason;
import conductor.handlers.people.LineHandler;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.journal.MemoryJournal;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.workflow.Language;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A run opened at its end for inspection: replayed from its journal with its variables, then
 * continued as a session. Nothing is performed or written, and a process that executes the run is
 * not disturbed (law 10).
 */
public final class Reopened implements AutoCloseable {

  private final RunDirectory run;
  private final List<Entry> entries;
  private final SessionChannel prompt;
  private final Run engine;
  private final Path scratch;
  private final Program program;

  private Reopened(
      Scripts scripts,
      RunDirectory run,
      List<Entry> entries,
      Path scratch,
      Redactor secrets,
      InstantSource clock,
      Consumer<String> refused) {
    Path source = Pinned.source(run, History.of(entries).editEpoch());
    Pinned pinned = Pinned.whole(source);
    Optional<PinnedSession> session = PinnedSession.of(run);
    this.run = run;
    this.entries = entries;
    this.scratch = scratch;
    Optional<Entered> first =
        session.isPresent()
            ? Optional.empty()
            : Optional.of(new Entered(pinned.script(source), pinned.file()));
    String language =
        session.map(PinnedSession::language).orElseGet(() -> Language.of(pinned.file()).spelt());
    this.prompt = SessionChannel.of(scripts, source, pinned, language, false);
    var codec = new Codec(new Blobs(scratch, run.blobs()), secrets);
    this.program =
        new SessionResult(prompt.program(first, leaves(entries, codec)), prompt.session(), codec);
    var handlers =
        Handlers.none()
            .with(Effect.class, new Refusal(refused))
            .with(SessionEffect.class, new LineHandler(prompt.lines()));
    this.engine =
        new Run(
            run.id(),
            new MemoryJournal(entries),
            codec,
            handlers,
            Parking.never(),
            RunListener.none(),
            clock);
  }

  /** Opens a run as {@link Conductor#open} says. */
  static Reopened open(
      Scripts scripts,
      RunDirectory run,
      Redactor secrets,
      InstantSource clock,
      Consumer<String> refused) {
    List<Entry> all = JournalFile.read(run.trace()).entries();
    List<Entry> before =
        all.stream().takeWhile(entry -> !(entry instanceof Entry.Stopped)).toList();
    try {
      Path scratch = Files.createTempDirectory("conductor-opened-");
      return new Reopened(scripts, run, before, scratch, secrets, clock, refused);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory: " + Reason.of(e), e);
    }
  }

  /** Returns how often the person left the session. */
  private static int leaves(List<Entry> entries, Codec codec) {
    Set<Position> lines = new HashSet<>();
    int leaves = 0;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked && asked.isOf(SessionEffect.Line.class)) {
        lines.add(asked.position());
      } else if (entry instanceof Entry.Replied reply
          && lines.contains(reply.position())
          && reply.outcome() instanceof Outcome.Value(var value)
          && codec.decode(value) == null) {
        leaves++;
      }
    }
    return leaves;
  }

  public String id() {
    return run.id();
  }

  /** Returns the journal's entries up to a stop. */
  public List<Entry> entries() {
    return entries;
  }

  public SessionChannel prompt() {
    return prompt;
  }

  /** Interrupts the running entry; the session continues. */
  public void interrupt() {
    engine.interrupt();
  }

  /** Replays the journal, then evaluates what is entered until the person leaves. */
  public RunResult run() throws InterruptedException {
    return engine.execute(program);
  }

  @Override
  public void close() {
    FileTree.delete(scratch);
  }

  /** Refuses every effect: reports it and interrupts the entry. */
  private record Refusal(Consumer<String> refused) implements Handler<Effect<?>> {

    @Override
    public Act<?> act(Effect<?> effect) {
      return Act.adoptable(
          call -> {
            refused.accept(
                "%s is not performed: the run is opened to look at, and %s is not in its journal"
                    .formatted(effect.kind(), call.key().position()));
            throw new InterruptedException();
          },
          call -> {
            refused.accept(
                "%s at %s has not come back".formatted(effect.kind(), call.key().position()));
            throw new InterruptedException();
          });
    }
  }
}
