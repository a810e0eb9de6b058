package conductor.run.execution;

import conductor.effect.Effect;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
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
import conductor.journal.Position;
import conductor.run.record.RunStore;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.Language;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run opened to look into it: replayed from its journal, up to a position or its end, then
 * continued as a session in memory. Nothing of the run is written, and a process that executes it
 * is not disturbed (law 10). The first effect that is entered makes a fork of what was replayed and
 * entered, and ends this session; the fork goes on with that effect.
 */
public final class Reopened implements AutoCloseable {

  /** How many places are told at which the branches of a run stand. */
  private static final int SHOWN = 3;

  private final RunDirectory run;
  private final List<Entry> entries;
  private final MemoryJournal journal;
  private final AtomicBoolean told = new AtomicBoolean();
  private final SessionChannel prompt;
  private final Optional<PinnedSession> looking;
  private final boolean java;
  private final Forks forks;
  private final Run engine;
  private final Path scratch;
  private final Program program;
  private final Consumer<String> say;
  private volatile @Nullable RunDirectory forked;

  private Reopened(
      Host host,
      Scripts scripts,
      RunStore store,
      RunDirectory run,
      List<Entry> entries,
      Path scratch,
      Consumer<String> say) {
    Path source = Pinned.source(run, History.of(entries).editEpoch());
    Pinned pinned = Pinned.whole(source);
    Optional<PinnedSession> session = PinnedSession.of(run);
    var blobs = new Blobs(scratch, run.blobs());
    var codec = new Codec(blobs, host.secrets());
    this.run = run;
    this.entries = entries;
    this.journal = new MemoryJournal(entries);
    this.scratch = scratch;
    this.say = say;
    this.looking =
        session.isPresent()
            ? Optional.empty()
            : Optional.of(PinnedSession.looking(Language.of(pinned.file())));
    this.forks = new Forks(host, store, run, blobs);
    PinnedSession kind = session.or(() -> looking).orElseThrow();
    this.java = kind.language().equals(Language.JAVA.spelt());
    this.prompt = SessionChannel.of(scripts, source, pinned, kind, false);
    this.program = new SessionResult(prompt.program(), prompt.session(), codec);
    var handlers =
        Handlers.none()
            .with(Effect.class, (Handler<Effect<?>>) _ -> Act.adoptable(this::inFork))
            .with(SessionEffect.class, new LineHandler(prompt.lines()))
            .within(handler -> effect -> isLooking(effect) ? stands() : handler.act(effect));
    this.engine =
        new Run(
            run.id(), journal, codec, handlers, Parking.never(), RunListener.none(), host.clock());
  }

  /** Opens a run as {@link Conductor#open} says. */
  static Reopened open(
      Host host,
      Scripts scripts,
      RunStore store,
      RunDirectory run,
      Optional<Position> at,
      Consumer<String> say) {
    List<Entry> all = JournalFile.read(run.trace()).entries();
    var codec = new Codec(new Blobs(run.blobs()), host.secrets());
    List<Entry> before =
        at.map(position -> Beginning.before(run.id(), all, position))
            .orElseGet(() -> Beginning.whole(all, codec));
    try {
      Path scratch = Files.createTempDirectory("conductor-opened-");
      return new Reopened(host, scripts, store, run, before, scratch, say);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory: " + Reason.of(e), e);
    }
  }

  public String id() {
    return run.id();
  }

  /** Returns the journal's entries that were replayed. */
  public List<Entry> before() {
    return entries;
  }

  /** Returns these entries, and those of what was entered since. */
  public List<Entry> entries() {
    return journal.all();
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

  /** Returns the fork in which the session is to go on; empty as long as none was made. */
  public Optional<RunDirectory> forked() {
    return Optional.ofNullable(forked);
  }

  /**
   * Makes the fork in which the session is to go on, unless there is one.
   *
   * @throws CannotStart when a worktree's tree was not kept
   */
  public synchronized void fork() throws InterruptedException {
    if (forked == null) {
      RunDirectory made = forks.of(Beginning.answered(journal.all()), looking);
      forked = made;
      say.accept(
          "%s is a fork of %s: what is performed belongs to it".formatted(made.id(), run.id()));
    }
  }

  @Override
  public void close() {
    FileTree.delete(scratch);
  }

  /** Returns whether an effect is asked for by what is replayed, and not by what is entered. */
  private boolean isLooking(Effect<?> effect) {
    if (effect instanceof SessionEffect) {
      return false;
    }
    var prompts = new HashSet<Position>();
    for (Entry entry : journal.all().subList(entries.size(), journal.all().size())) {
      if (entry instanceof Entry.Asked asked && asked.isOf(SessionEffect.Line.class)) {
        prompts.add(asked.position());
      } else if (entry instanceof Entry.Replied reply && prompts.contains(reply.position())) {
        return false; // a line was entered
      }
    }
    return true;
  }

  /** Returns an act that performs nothing and ends what the replayed script does there. */
  private Act<?> stands() {
    return Act.adoptable(_ -> {
      if (!told.getAndSet(
          true)) { // what the script asks for as it ends is no place where it stands
        tellWhere();
      }
      throw new InterruptedException();
    });
  }

  private void tellWhere() {
    List<Entry.Asked> places =
        journal.all().stream()
            .skip(entries.size())
            .filter(Entry.Asked.class::isInstance)
            .map(Entry.Asked.class::cast)
            .toList();
    String more = places.size() > SHOWN ? " and %d more".formatted(places.size() - SHOWN) : "";
    say.accept(
        places.stream()
            .limit(SHOWN)
            .map(Reopened::place)
            .collect(Collectors.joining(", ", run.id() + " stands before ", more)));
    if (java) {
      say.accept("the variables inside its blocks and methods are not to be seen");
    } else if (places.stream().anyMatch(place -> place.calls().size() > 1)) {
      say.accept(
          "of its variables those of the top level and at this place are to be seen, not those of the blocks and methods that called it");
    }
  }

  private static String place(Entry.Asked asked) {
    String at = asked.calls().isEmpty() ? "" : " at " + asked.calls().getFirst();
    return "%s (%s%s)".formatted(asked.position(), asked.effect(), at);
  }

  /** Leaves an effect to the fork. */
  private @Nullable Object inFork(Call call) throws InterruptedException {
    try {
      fork();
    } catch (CannotStart e) {
      say.accept(e.getMessage() + "; nothing was performed");
      throw new InterruptedException();
    }
    engine.suspend();
    new CountDownLatch(1).await(); // until the suspension interrupts this thread
    return null;
  }
}
