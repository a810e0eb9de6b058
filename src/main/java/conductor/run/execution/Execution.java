package conductor.run.execution;

import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Key;
import conductor.handlers.agent.Conversations;
import conductor.handlers.people.Gates;
import conductor.handlers.people.LineHandler;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.journal.Position;
import conductor.process.ProcessIdentity;
import conductor.run.record.Inbox;
import conductor.run.record.InboxWatch;
import conductor.run.record.MetaWriter;
import conductor.run.record.OpenGates;
import conductor.run.record.Ownership;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.simulation.Stubs;
import conductor.simulation.Typical;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One execution of a run by this process, from taking the run to letting go of it. */
public final class Execution implements AutoCloseable {

  private static final String FAILED = "error";

  private final Conductor conductor;
  private final RunDirectory directory;
  private final Ownership ownership;
  private final FileJournal journal;
  private final Program program;
  private final MetaWriter meta;
  private final Wiring wiring;
  private final Optional<Prompt> prompt;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Entry> entries;
  private final Run run;
  private final int epoch;

  private Execution(
      Conductor conductor,
      RunDirectory directory,
      Ownership ownership,
      FileJournal journal,
      Program program,
      Optional<Prompt> prompt,
      Pinned pinned,
      boolean asks) {
    this.conductor = conductor;
    this.directory = directory;
    this.ownership = ownership;
    this.journal = journal;
    this.prompt = prompt;
    this.wiring = new Wiring(conductor, directory, pinned);
    var codec = new Codec(new Blobs(directory.blobs()), conductor.redactor());
    this.program =
        prompt
            .<Program>map(near -> new SessionResult(program, near.session(), codec))
            .orElse(program);
    this.entries = new ArrayList<>(journal.entries());
    begin(pinned, asks);
    this.epoch = History.of(entries).epoch();
    RunMeta now = StateJson.read(directory.meta(), RunMeta.class, RunMeta.FORMAT);
    this.meta = new MetaWriter(directory, now, codec, entries);
    var opened = new OpenedJournal(journal, entries);
    this.run =
        new Run(
            directory.id(),
            opened,
            codec,
            handlers(),
            wiring.parking(asks),
            RunListener.all(listeners),
            conductor.clock());
  }

  static Execution take(Conductor conductor, RunDirectory directory, boolean asks) {
    Ownership ownership = Ownership.take(directory, conductor.clock());
    try {
      FileJournal journal = FileJournal.open(directory.trace());
      try {
        History history = History.of(journal.entries());
        refuseLost(directory, journal.entries());
        refuseFinal(directory, history);
        Path source = Pinned.source(directory, history.edition());
        Pinned pinned = Pinned.whole(source);
        Optional<Prompt> prompt =
            PinnedSession.of(directory)
                .map(session -> Prompt.of(conductor, source, pinned, session.language(), true));
        Program program =
            prompt.isPresent() ? prompt.get().program(Optional.empty(), 0) : pinned.program(source);
        return new Execution(
            conductor, directory, ownership, journal, program, prompt, pinned, asks);
      } catch (RuntimeException e) {
        journal.close();
        throw e;
      }
    } catch (RuntimeException e) {
      ownership.close();
      throw e;
    }
  }

  private Handlers handlers() {
    Optional<PinnedSession> session = PinnedSession.of(directory);
    boolean simulated = session.map(PinnedSession::simulated).orElse(false);
    Handlers usual =
        simulated
            ? new Typical("repl", "main", Stubs.none(), given -> given, conductor.clock().instant())
                .handlers()
            : wiring.handlers();
    return prompt
        .map(near -> usual.with(SessionEffect.class, new LineHandler(near.lines())))
        .orElse(usual);
  }

  /** A run that was executed has a journal: without it everything would be done again. */
  private static void refuseLost(RunDirectory directory, List<Entry> entries) {
    RunStatus status = StateJson.read(directory.meta(), RunMeta.class, RunMeta.FORMAT).status();
    boolean lacksEnd = status.ended() && entries.stream().noneMatch(Entry.Ended.class::isInstance);
    if (lacksEnd || (entries.isEmpty() && status != RunStatus.PENDING)) {
      throw new UnreadableState(
          "%s:%d: the journal of %s is gone or cut off: %s says that it is %s. Restore it; nothing was performed"
              .formatted(
                  directory.trace(),
                  entries.size() + 1,
                  directory.id(),
                  directory.meta().getFileName(),
                  status.text()));
    }
  }

  private static void refuseFinal(RunDirectory directory, History history) {
    history
        .ended()
        .filter(ended -> !canGoOn(ended))
        .ifPresent(ended -> {
          throw new CannotStart(
              ended.status().equals(FAILED)
                  ? "%s failed by an error of the script itself, which would come again; correct the script and go on with 'conductor resume %s --edited'"
                      .formatted(directory.id(), directory.id())
                  : "%s is %s, there is nothing to resume"
                      .formatted(directory.id(), ended.status()));
        });
  }

  /** Whether a run that ended so can be taken up again: it failed, and by an effect. */
  static boolean canGoOn(Entry.Ended ended) {
    return ended.status().equals(FAILED) && !ended.causes().isEmpty();
  }

  /** Writes who takes the run, and takes up what failed. */
  private void begin(Pinned pinned, boolean asks) {
    History history = History.of(entries);
    dropSpentAnswers();
    Instant now = conductor.clock().instant();
    if (entries.isEmpty()) {
      add(new Entry.Opened(now, directory.id(), pinned.name()));
    }
    ProcessIdentity me = ProcessIdentity.current();
    add(new Entry.Owned(now, history.owners() + 1, me.pid(), me.boot()));
    history.ended().ifPresent(ended -> retry(history, ended.causes(), asks));
    journal.sync();
  }

  /** Has failures tried again, or, when people are asked, parked as they were. */
  private void retry(History history, List<Position> causes, boolean asks) {
    Instant now = conductor.clock().instant();
    int epoch = history.epoch() + 1;
    add(new Entry.Retried(now, epoch, causes));
    if (asks) {
      for (Position cause : causes) {
        history
            .failure(cause)
            .ifPresent(failed -> add(new Entry.Parked(now, cause, epoch, failed.failure())));
      }
    }
  }

  /** What was answered must not answer the question that is asked anew in its place. */
  private void dropSpentAnswers() {
    var inbox = new Inbox(directory);
    inbox.letters().stream()
        .filter(letter -> letter.kind().equals("answer"))
        .filter(letter -> OpenGates.isSpent(letter, entries))
        .forEach(inbox::done);
  }

  private void add(Entry entry) {
    journal.append(entry);
    entries.add(entry);
  }

  /** The run's id. */
  public String id() {
    return directory.id();
  }

  /** What the journal held when the run was taken. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Where a torn tail of the journal was put. */
  public Optional<Path> setAside() {
    return journal.setAside();
  }

  /** Where a session is spoken to; empty for other runs. */
  public Optional<Prompt> prompt() {
    return prompt;
  }

  /** Ends what is under way in a session, which goes on. */
  public void interruptEntered() {
    run.interrupt();
  }

  /** Ends the run for good. */
  public void stop(String reason) {
    run.stop(reason);
  }

  /** Leaves the run to be resumed; agents and commands go on. */
  public void suspend() {
    run.suspend();
  }

  /** Answers the question at a position. */
  public Gates.Taken answer(String position, String text) {
    return wiring.gates().answer(position, text);
  }

  /** The run as it stands. */
  public RunMeta meta() {
    return meta.meta();
  }

  /**
   * Makes the worktrees of the run again whose directories are gone, as they were last kept.
   *
   * @param say told of each
   */
  public void restoreWorktrees(Consumer<String> say) throws InterruptedException {
    wiring.restoreWorktrees(meta.meta().envs(), say);
  }

  /**
   * Executes the run to its end on other threads while the calling one waits.
   *
   * @param listener sees what is journaled
   * @param suspending whether an interrupt of the calling thread leaves the run, or stops it
   */
  public RunResult run(RunListener listener, BooleanSupplier suspending)
      throws InterruptedException {
    listeners.addAll(List.of(meta, listener));
    meta.status(RunStatus.RUNNING, conductor.clock().instant());
    var result = new AtomicReference<RunResult>();
    var error = new AtomicReference<Throwable>();
    Thread loop = Thread.ofPlatform().name(id()).start(() -> loop(result, error));
    try (var _ = new InboxWatch(directory, this::told, RunListener.all(listeners)::warned)) {
      join(loop, suspending);
    }
    Throwable thrown = error.get();
    if (thrown instanceof RuntimeException broken) {
      throw broken;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
    return after(result.get());
  }

  private void loop(AtomicReference<RunResult> result, AtomicReference<Throwable> error) {
    try {
      result.set(run.execute(program));
    } catch (RuntimeException | InterruptedException | Error e) {
      error.set(e);
    }
  }

  private void join(Thread loop, BooleanSupplier suspending) throws InterruptedException {
    try {
      loop.join();
    } catch (InterruptedException e) {
      if (suspending.getAsBoolean()) {
        run.suspend();
      } else {
        run.stop("cancelled");
      }
      loop.join();
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the run to be resumed, like {@link #suspend}, but first cancels the agents' turns. */
  public void interrupt() {
    try {
      wiring.conversations().interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.suspend();
  }

  private RunResult after(RunResult result) throws InterruptedException {
    Conversations conversations = wiring.conversations();
    if (result instanceof RunResult.Suspended) {
      conversations.release();
    } else {
      conversations.endAll();
      var inbox = new Inbox(directory);
      inbox.letters().forEach(inbox::done);
    }
    return result;
  }

  /** A letter lies in the inbox. */
  private void told(Inbox.Letter letter) {
    var inbox = new Inbox(directory);
    String text = letter.text() == null ? "" : letter.text();
    String to = letter.to() == null ? "" : letter.to();
    switch (letter.kind()) {
      case "stop" -> run.stop(text);
      case "answer" -> {
        if (wiring.gates().answer(to, text) == Gates.Taken.NO_OPTION) {
          inbox.done(letter);
        }
      }
      case "send" -> {
        wiring.conversations().deliver(to, text, new Key(id(), epoch, "inbox", letter.id()));
        inbox.done(letter);
      }
      case "stop-agent" -> {
        toldAgent(() -> wiring.conversations().stop(to));
        inbox.done(letter);
      }
      case "cancel-agent" -> {
        toldAgent(() -> wiring.conversations().cancel(to));
        inbox.done(letter);
      }
      default -> {}
    }
  }

  private interface Telling {
    void tell() throws InterruptedException;
  }

  private static void toldAgent(Telling telling) {
    try {
      telling.tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go of the run. */
  @Override
  public void close() {
    try {
      wiring.conversations().close();
      journal.close();
    } finally {
      ownership.close();
    }
  }
}
