package conductor.run.execution;

import conductor.config.Configuration;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.engine.handler.Handlers;
import conductor.handlers.people.LineHandler;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.process.ProcessIdentity;
import conductor.run.record.MetaWriter;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.simulation.Stubs;
import conductor.simulation.TypicalHandler;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes runs and prepares their execution: checks that they can go on, compiles the script, wires
 * the handlers, and journals who takes them.
 */
record Executions(Host host, Scripts scripts, NewRuns newRuns) implements ChildRuns.Starter {

  @Override
  public RunDirectory prepare(RunRequest launch) throws InterruptedException {
    return newRuns.prepare(launch, _ -> {});
  }

  @Override
  public Execution acquire(RunDirectory run) {
    return acquire(run, false);
  }

  Execution acquire(RunDirectory run, boolean asks) {
    OpenRun opened = OpenRun.take(run, host.clock(), host.secrets());
    try {
      RunMeta stored = opened.meta();
      refuseLost(run, stored.status(), opened.entries());
      refuseFinal(run, opened.history());
      Path source = opened.source();
      Pinned pinned = Pinned.whole(source);
      RunMeta meta = stored.withParams(pinned.params());
      Optional<PinnedSession> session = PinnedSession.of(run);
      Optional<SessionChannel> prompt =
          session.map(one -> SessionChannel.of(scripts, source, pinned, one, true));
      Program program =
          prompt.isPresent()
              ? new SessionResult(prompt.get().program(), prompt.get().session(), opened.codec())
              : pinned.program(source, scripts.compiled());
      Wiring wiring = wiring(run, pinned);
      begin(opened, pinned, asks);
      return new Execution(
          opened,
          new MetaWriter(run, meta, opened.codec(), opened.entries()),
          program,
          handlers(wiring, session, prompt),
          wiring,
          wiring.parking(asks),
          prompt,
          notifying(pinned),
          host.clock());
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private Notifications.Channels notifying(Pinned pinned) {
    Configuration configuration = host.configuration();
    return new Notifications.Channels(
        NotificationChannels.of(configuration, pinned.project(), host.environment()),
        NotificationChannels.isOn(configuration, "notify.bell"),
        host.secrets());
  }

  Wiring wiring(RunDirectory run, Pinned pinned) {
    return new Wiring(host, run, pinned, this);
  }

  private Handlers handlers(
      Wiring wiring, Optional<PinnedSession> session, Optional<SessionChannel> prompt) {
    boolean simulated = session.map(PinnedSession::simulated).orElse(false);
    Handlers usual =
        simulated
            ? new TypicalHandler(
                    "repl", "main", Stubs.none(), given -> given, host.clock().instant())
                .handlers()
            : wiring.handlers();
    return prompt
        .map(near -> usual.with(SessionEffect.class, new LineHandler(near.lines())))
        .orElse(usual);
  }

  /** Refuses a run without its journal's end: all effects would be performed again. */
  private static void refuseLost(RunDirectory run, RunStatus status, List<Entry> entries) {
    boolean lacksEnd = status.ended() && entries.stream().noneMatch(Entry.Ended.class::isInstance);
    if (lacksEnd || (entries.isEmpty() && status != RunStatus.PENDING)) {
      throw new UnreadableState(
          "%s:%d: the journal of %s is gone or cut off: %s says that it is %s. Restore it; nothing was performed"
              .formatted(
                  run.trace(),
                  entries.size() + 1,
                  run.id(),
                  run.meta().getFileName(),
                  status.text()));
    }
  }

  private static void refuseFinal(RunDirectory run, History history) {
    history
        .ended()
        .filter(ended -> !OpenRun.canGoOn(ended))
        .ifPresent(ended -> {
          throw new CannotStart(
              OpenRun.hasFailed(ended)
                  ? "%s failed by an error of the script itself, which would come again; correct the script and go on with 'conductor resume %s --edited'"
                      .formatted(run.id(), run.id())
                  : "%s is %s, there is nothing to resume".formatted(run.id(), ended.status()));
        });
  }

  /** Journals who takes the run, and has its failures tried again. */
  private void begin(OpenRun opened, Pinned pinned, boolean asks) {
    History history = opened.history();
    InboxHandler.dropSpent(opened.run(), opened.entries());
    Instant now = host.clock().instant();
    if (opened.entries().isEmpty()) {
      opened.add(new Entry.Opened(now, opened.run().id(), pinned.name()));
    }
    ProcessIdentity me = ProcessIdentity.current();
    opened.add(new Entry.Owned(now, history.owners() + 1, me.pid(), me.boot()));
    history.ended().ifPresent(ended -> retry(opened, history, ended.causes(), asks));
    opened.sync();
  }

  /** Journals that failures are tried again or, when people are asked, parked as before. */
  private void retry(OpenRun opened, History history, List<Position> causes, boolean asks) {
    Instant now = host.clock().instant();
    int epoch = history.epoch() + 1;
    opened.add(new Entry.Retried(now, epoch, causes));
    if (asks) {
      for (Position cause : causes) {
        history
            .failure(cause)
            .ifPresent(failed -> opened.add(new Entry.Parked(now, cause, epoch, failed.failure())));
      }
    }
  }
}
