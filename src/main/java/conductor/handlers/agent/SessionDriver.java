package conductor.handlers.agent;

import conductor.engine.handler.WallClock;
import conductor.handlers.agent.TurnEnd.How;
import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns with a program that speaks a protocol: a process may run several turns, and a session
 * may last over several processes. A turn whose process is gone is continued in its session; a turn
 * that the vendor refuses for lack of capacity is tried again later.
 */
final class SessionDriver implements Driver {

  private static final int MOST_LOST = 2;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final AgentSession session;
  private final AgentSettings settings;
  private final Function<JobChannel, TurnRunner> runners;
  private final IntFunction<Optional<Turn>> turns;
  private final AgentVersion version;
  private final InstantSource clock;
  private @Nullable TurnRunner runner;
  private volatile boolean interrupted;
  private volatile @Nullable String stopped;

  SessionDriver(
      AgentSession session,
      AgentSettings settings,
      Function<JobChannel, TurnRunner> runners,
      IntFunction<Optional<Turn>> turns,
      AgentVersion version,
      InstantSource clock) {
    this.session = session;
    this.settings = settings;
    this.runners = runners;
    this.turns = turns;
    this.version = version;
    this.clock = clock;
  }

  @Override
  public TurnEnd run(Turn turn, Progress progress) throws InterruptedException {
    Attempts attempts = Attempts.of(turn);
    while (true) {
      pause(attempts, progress);
      switch (attempt(turn, attempts, progress)) {
        case Next.Over(TurnEnd end) -> {
          return end;
        }
        case Next.Again(Attempts more) -> attempts = more.keptFor(turn);
      }
    }
  }

  private sealed interface Next {
    record Over(TurnEnd end) implements Next {}

    record Again(Attempts attempts) implements Next {}
  }

  private void pause(Attempts attempts, Progress progress) throws InterruptedException {
    Instant until = attempts.notBefore();
    if (until != null && clock.instant().isBefore(until)) {
      progress.waits(attempts.why() + ", until " + until, false);
      WallClock.sleepUntil(until, clock);
    }
  }

  private Next attempt(Turn turn, Attempts attempts, Progress progress)
      throws InterruptedException {
    TurnRunner now = take(turn, attempts, progress);
    TurnOutcome heard = now.hear(turn, attempts, prompt(turn, attempts), progress);
    if (stopped != null) {
      return over(How.ABORTED, stopped, heard.took());
    }
    if (interrupted) {
      attempts.afterLoss().keptFor(turn);
      throw new InterruptedException("the turn was cancelled");
    }
    return switch (heard) {
      case TurnOutcome.Ended ended -> after(turn, attempts, ended);
      case TurnOutcome.Late(How how, String about, Duration limit) ->
          over(TurnEnd.of(how, about, clock.instant()).withLimit(limit), heard.took(), Usage.NONE);
      case TurnOutcome.Missed _ -> new Next.Again(attempts.afterMiss());
      case TurnOutcome.Unopened(FailureKind trouble, String message) ->
          unopened(attempts, trouble, message);
      case TurnOutcome.Unread(String about) ->
          over(How.FAILED, about + "; have it write what is long to files", heard.took());
      case TurnOutcome.Gone gone when !gone.began() -> neverBegan(attempts, gone.about());
      case TurnOutcome.Gone(String about, boolean _) -> gone(attempts, about);
    };
  }

  /** Returns the last process's runner if that got the prompt or can take it, or a new one. */
  private TurnRunner take(Turn turn, Attempts attempts, Progress progress)
      throws InterruptedException {
    Optional<TurnRunner> last = last();
    if (last.isPresent()
        && (last.get().knows(attempts.prompt(turn)) || session.fits(turn.schema()))) {
      return last.get();
    }
    progress.boots();
    return listening(runners.apply(session.begin(turn.schema())));
  }

  private synchronized Optional<TurnRunner> last() {
    if (runner == null) {
      runner = session.last().map(runners).orElse(null);
    }
    return Optional.ofNullable(runner);
  }

  private synchronized TurnRunner listening(TurnRunner begun) {
    runner = begun;
    return begun;
  }

  private String prompt(Turn turn, Attempts attempts) {
    boolean heardBefore = attempts.lost() + attempts.refused() > 0;
    return !heardBefore
        ? turn.goOn().filter(_ -> session.id().isPresent()).orElseGet(turn::prompt)
        : session.id().isPresent() ? Prompts.GO_ON : Prompts.CONTINUE + turn.prompt();
  }

  private Next after(Turn turn, Attempts attempts, TurnOutcome.Ended ended) {
    if (ended.event().end() instanceof End.Failed failed) {
      Optional<Attempts> again = again(attempts, failed);
      if (again.isPresent()) {
        return new Next.Again(again.get());
      }
    }
    TurnEnd end = end(ended); // without costs, which count once
    ended.event().prompts().stream()
        .map(Attempts::turnOf)
        .filter(number -> number != turn.number())
        .forEach(number -> turns.apply(number).ifPresent(steered -> steered.end(end)));
    return over(end, ended.took(), ended.event().usage());
  }

  private static TurnEnd end(TurnOutcome.Ended ended) {
    String place = ended.place().orElse(null);
    return switch (ended.event().end()) {
      case End.Answered(String text, String structured, var _) ->
          TurnEnd.of(How.ANSWERED, text, ended.at()).reported(structured, null, place);
      case End.Cancelled _ ->
          TurnEnd.of(How.ABORTED, "cancelled", ended.at()).reported(null, null, place);
      case End.Failed(FailureKind trouble, String message, Instant resetAt) ->
          TurnEnd.of(how(trouble), message, ended.at()).reported(null, resetAt, place);
    };
  }

  private Next.Over over(How how, String text, Duration took) {
    return over(TurnEnd.of(how, text, clock.instant()), took, Usage.NONE);
  }

  private static Next.Over over(TurnEnd end, Duration took, Usage usage) {
    return new Next.Over(end.withCosts(took.toMillis() / 1000.0, usage));
  }

  /** Returns the next attempt after a rate limit or overload; empty when there is none. */
  private Optional<Attempts> again(Attempts attempts, End.Failed failed) {
    boolean waits =
        switch (failed.trouble()) {
          case RATE_LIMITED -> settings.limits().waitsForLimits();
          case OVERLOADED -> attempts.refused() < settings.limits().retries();
          case REFUSED, NOT_LOGGED_IN, TOO_OLD, CONTEXT_FULL, DENIED, SESSION_GONE, OTHER -> false;
        };
    if (!waits) {
      return Optional.empty();
    }
    Instant resetAt = failed.resetAt();
    Instant until = resetAt == null ? clock.instant().plus(backOff(attempts)) : resetAt;
    String why = failed.trouble() == FailureKind.RATE_LIMITED ? "rate limited" : "overloaded";
    return Optional.of(attempts.afterRefusal(until, why + ": " + failed.message().strip()));
  }

  private Duration backOff(Attempts attempts) {
    long times = 1L << Math.min(attempts.refused(), 20);
    return Collections.min(List.of(settings.limits().backoff().multipliedBy(times), LONGEST_PAUSE));
  }

  private static How how(FailureKind trouble) {
    return switch (trouble) {
      case RATE_LIMITED -> How.RATE_LIMITED;
      case NOT_LOGGED_IN, TOO_OLD -> How.UNAVAILABLE;
      case DENIED -> How.DENIED;
      case REFUSED, OVERLOADED, CONTEXT_FULL, SESSION_GONE, OTHER -> How.FAILED;
    };
  }

  private Next unopened(Attempts attempts, FailureKind trouble, String message)
      throws InterruptedException {
    if (session.forks() && (trouble == FailureKind.SESSION_GONE || trouble == FailureKind.OTHER)) {
      return over(How.NOT_FORKABLE, message, Duration.ZERO);
    }
    if (trouble == FailureKind.SESSION_GONE && session.id().isPresent()) {
      session.forget();
      return new Next.Again(attempts.afterLoss());
    }
    Optional<String> old = trouble == FailureKind.OTHER ? version.tooOld() : Optional.empty();
    return old.isPresent()
        ? unavailable(old.get(), message)
        : over(how(trouble), message, Duration.ZERO);
  }

  /** Decides about a program that ended before it was ready: it may be too old or gone. */
  private Next neverBegan(Attempts attempts, String about) throws InterruptedException {
    Optional<String> unfit = version.tooOld().or(version::missing);
    return unfit.isPresent() ? unavailable(unfit.get(), about) : gone(attempts, about);
  }

  private Next unavailable(String why, String about) {
    return over(How.UNAVAILABLE, why + ":\n" + about, Duration.ZERO);
  }

  private Next gone(Attempts attempts, String about) {
    return attempts.lost() < MOST_LOST
        ? new Next.Again(attempts.afterLoss())
        : over(How.LOST, about, Duration.ZERO);
  }

  @Override
  public boolean steer(Turn message) {
    TurnRunner now = now();
    return now != null && now.steer(message);
  }

  private synchronized @Nullable TurnRunner now() {
    return runner;
  }

  @Override
  public void cancel() {
    TurnRunner now = now();
    if (now != null) {
      now.cancel();
    }
  }

  @Override
  public void interrupt() {
    interrupted = true;
    cancel();
  }

  @Override
  public void end(String reason) throws InterruptedException {
    stopped = reason;
    Optional<TurnRunner> last = last();
    if (last.isPresent()) {
      last.get().end(reason);
    }
  }

  @Override
  public synchronized void closeIdle() {
    if (runner != null && !runner.active()) {
      session.closeIdle();
      runner = null;
    }
  }

  @Override
  public synchronized void close() {
    if (runner != null) {
      runner.release();
      runner = null;
    }
    session.close();
  }
}
