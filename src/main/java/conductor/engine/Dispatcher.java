package conductor.engine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.HandlerFailed;
import conductor.effect.OnFailure;
import conductor.effect.RunEffect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Key;
import conductor.engine.handler.Parking;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import tools.jackson.databind.JsonNode;

/**
 * Performs effects: writes their intents (law 1), has handlers perform, adopt or abandon them (law
 * 5), and writes their replies. Delivers no reply to a branch. Belongs to the loop's thread.
 */
final class Dispatcher {

  private final Trace trace;
  private final History history;
  private final Codec codec;
  private final Handlers handlers;
  private final Parking parking;
  private final String run;
  private final InstantSource clock;
  private final BlockingQueue<LoopEvent> mail;
  private final Steps steps;

  private final Set<Pending> waiting = new LinkedHashSet<>();
  private final Set<Pending> performing = new LinkedHashSet<>();
  private final Set<HandlerTask> adopting = new LinkedHashSet<>();
  private final List<LoopEvent.Performed> held = new ArrayList<>();

  Dispatcher(
      Trace trace,
      History history,
      Codec codec,
      Handlers handlers,
      Parking parking,
      String run,
      InstantSource clock,
      BlockingQueue<LoopEvent> mail) {
    this.trace = trace;
    this.history = history;
    this.codec = codec;
    this.handlers = handlers;
    this.parking = parking;
    this.run = run;
    this.clock = clock;
    this.mail = mail;
    this.steps = new Steps(trace, history, run, clock, this::stillRunning);
  }

  /** The start of work on an effect; the intent of an act must be synced before. */
  private record Start(boolean act, Runnable go) {}

  /** Queues an effect for the next {@link #dispatch}, unless its reply is delivered before. */
  void await(Pending pending) {
    pending.intended = history.asked(pending.position).isPresent();
    waiting.add(pending);
    if (!pending.intended) {
      pending.again =
          history.again(pending.position).map(with -> decoded(pending, with)).orElse(null);
    }
  }

  void answered(Pending pending) {
    waiting.remove(pending);
  }

  /**
   * Ends the work on an effect whose branch was cancelled, or takes it from the queue when it has
   * no intent.
   */
  void abandon(Pending pending) {
    if (pending.performance != null) {
      trace.cancelled(pending.position);
      pending.performance.cancel();
    } else if (!pending.intended) {
      waiting.remove(pending);
    }
  }

  /** Writes the intents of all queued effects, syncs once for all, then starts them. */
  void dispatch() {
    performing.addAll(waiting);
    List<Start> starts = waiting.stream().map(this::prepare).toList();
    waiting.clear();
    if (starts.stream().anyMatch(Start::act)) {
      trace.sync();
    }
    starts.forEach(start -> start.go().run());
  }

  private Start prepare(Pending pending) {
    Optional<Entry.Asked> intent = history.asked(pending.position);
    try {
      Handler<Effect<?>> handler = handlers.of(pending.request.effect());
      Effect<?> resolved = resolved(handler, pending, intent);
      pending.resolved = resolved;
      Optional<Entry.Parked> parked = history.parked(pending.position);
      if (parked.isPresent()) {
        pending.intent = intent.orElseGet(() -> intend(pending, resolved));
        return question(pending, parked.get());
      }
      if (!pending.abandoned) {
        var others = performing.stream().flatMap(other -> other.ongoing(run).stream());
        handler.admit(resolved, key(pending, intent), others);
      }
      Act<?> act = handler.act(resolved);
      Entry.Asked asked = intent.orElseGet(() -> intend(pending, resolved));
      pending.intent = asked;
      return start(pending, act, asked, intent.isEmpty());
    } catch (Failure failure) {
      return refusal(pending, intent, failure);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return refusal(
          pending, intent, new HandlerFailed(pending.effect(), String.valueOf(e.getMessage())));
    }
  }

  private Key key(Pending pending, Optional<Entry.Asked> intent) {
    return pending.key(run, intent.map(Entry.Asked::epoch).orElse(history.epoch()));
  }

  private Effect<?> resolved(
      Handler<Effect<?>> handler, Pending pending, Optional<Entry.Asked> intent) {
    if (pending.again != null) {
      return pending.again;
    }
    Effect<?> effect = pending.request.effect();
    if (intent.isEmpty()) {
      return handler.resolve(effect);
    }
    JsonNode stored = intent.get().resolved();
    return stored == null ? effect : decoded(pending, stored);
  }

  private Effect<?> decoded(Pending pending, JsonNode arguments) {
    return codec.decodeArguments(pending.request.effect().getClass(), arguments);
  }

  private Start start(Pending pending, Act<?> act, Entry.Asked intent, boolean fresh) {
    var mode = fresh ? Mode.FRESH : pending.abandoned ? Mode.ABANDON : Mode.ADOPT;
    var performance = new HandlerTask(pending, mode, codec, clock, mail);
    pending.performance = performance;
    pending.acts = true;
    if (mode == Mode.ADOPT) {
      adopting.add(performance);
    }
    boolean immediate =
        act instanceof Act.Immediate || pending.request.effect() instanceof RunEffect;
    boolean isAct = fresh && !immediate && !(act instanceof Act.Repeatable);
    Key key = Key.of(run, intent);
    return immediate
        ? new Start(false, () -> performance.run(act, key, intent.at()))
        : new Start(isAct, () -> performance.start(act, key, intent.at()));
  }

  /** Returns a start whose reply is the failure with which the handler refused the effect. */
  private Start refusal(Pending pending, Optional<Entry.Asked> intent, Failure failure) {
    Effect<?> effect = requireNonNullElse(pending.resolved, pending.request.effect());
    pending.intent = intent.orElseGet(() -> intend(pending, effect));
    var performance = new HandlerTask(pending, Mode.FRESH, codec, clock, mail);
    pending.performance = performance;
    var outcome = new Outcome.Failed(codec.encodeFailure(failure));
    return new Start(
        false, () -> mail.add(new LoopEvent.Performed(performance, outcome, clock.instant())));
  }

  private Entry.Asked intend(Pending pending, Effect<?> resolved) {
    Effect<?> effect = pending.request.effect();
    var intent =
        new Entry.Asked(
            clock.instant(),
            pending.position,
            effect.kind(),
            pending.request.arguments(),
            resolved.equals(effect) ? null : codec.encodeArguments(resolved),
            pending.request.hash(),
            history.epoch(),
            pending.calls());
    trace.append(intent);
    pending.intended = true;
    return intent;
  }

  Steps steps() {
    return steps;
  }

  /** Notes that an adopted effect goes on, so that the replies of others need not wait for it. */
  void stillRunning(HandlerTask performance) {
    adopting.remove(performance);
  }

  /**
   * Takes an effect's outcome: parks a failure that people decide on, and holds any other outcome
   * for {@link #replies}.
   */
  void performed(LoopEvent.Performed performed) {
    adopting.remove(performed.performance());
    Pending pending = performed.performance().pending;
    if (performed.outcome() instanceof Outcome.Failed failed && parks(pending)) {
      int epoch = requireNonNull(pending.intent).epoch();
      var parked = new Entry.Parked(clock.instant(), pending.position, epoch, failed.failure());
      trace.append(parked);
      pending.acts = false;
      question(pending, parked).go().run();
    } else {
      held.add(performed);
    }
  }

  private boolean parks(Pending pending) {
    OnFailure said = pending.request.onFailure();
    return !pending.abandoned
        && (said == null ? parking.parks(pending.request.effect()) : said == OnFailure.PARK);
  }

  /**
   * Returns a start that asks people what becomes of a failure, or that cancels the effect when its
   * branch was cancelled meanwhile.
   */
  private Start question(Pending pending, Entry.Parked parked) {
    var performance = new HandlerTask(pending, Mode.FRESH, codec, clock, mail);
    pending.performance = performance;
    pending.parked = new Outcome.Failed(parked.failure());
    if (pending.abandoned) {
      LoopEvent cancelled = cancelled(performance);
      return new Start(false, () -> mail.add(cancelled));
    }
    Effect<?> effect = requireNonNullElse(pending.resolved, pending.request.effect());
    var question =
        new HandlerTask.Question(parked.gate(), effect, codec.decodeFailure(parked.failure()));
    Key key = Key.of(run, requireNonNull(pending.intent));
    return new Start(false, () -> performance.ask(parking, question, key, parked.at()));
  }

  private LoopEvent.Performed cancelled(HandlerTask performance) {
    return new LoopEvent.Performed(performance, new Outcome.Cancelled(), clock.instant());
  }

  void decided(LoopEvent.Decided decided) {
    Pending pending = decided.performance().pending;
    if (pending.abandoned) {
      held.add(cancelled(decided.performance()));
      return;
    }
    switch (decided.decision()) {
      case Parking.Decision.Again(var effect) -> again(pending, effect);
      case Parking.Decision.Reply(var value) ->
          end(decided, new Outcome.Value(codec.encode(value, pending.effect() + "'s reply")));
      case Parking.Decision.Fail _ -> end(decided, requireNonNull(pending.parked));
    }
  }

  private void end(LoopEvent.Decided decided, Outcome outcome) {
    held.add(new LoopEvent.Performed(decided.performance(), outcome, clock.instant()));
  }

  private void again(Pending pending, Effect<?> effect) {
    performing.remove(pending);
    pending.performance = null;
    pending.parked = null;
    int epoch = history.epoch() + 1;
    JsonNode arguments = codec.encodeArguments(effect);
    var entry = new Entry.Reattempted(clock.instant(), pending.position, epoch, arguments);
    trace.append(entry);
    history.again(entry);
    pending.again = effect;
    pending.intended = false;
    waiting.add(pending);
  }

  /**
   * Writes and returns the replies that may be delivered now, in the order in which their outcomes
   * came about. Empty as long as an adopted effect has neither ended nor been found to go on.
   */
  List<Entry.Replied> replies() {
    if (!adopting.isEmpty() || held.isEmpty()) {
      return List.of();
    }
    held.sort(Comparator.comparing(LoopEvent.Performed::completedAt));
    List<Entry.Replied> replies = held.stream().map(this::reply).toList();
    held.clear();
    return replies;
  }

  private Entry.Replied reply(LoopEvent.Performed performed) {
    Pending pending = performed.performance().pending;
    performing.remove(pending);
    var reply =
        new Entry.Replied(
            clock.instant(), pending.position, performed.outcome(), pending.abandoned);
    trace.append(reply);
    return reply;
  }

  /** Ends the work on effects whose branches go on. */
  void interrupt(Collection<Pending> effects) {
    effects.forEach(pending -> trace.cancelled(pending.position));
    performances(effects).forEach(RunningEffect::cancel);
  }

  /** Interrupts all handlers and waits for their threads to end; what they started goes on. */
  void suspend() throws InterruptedException {
    List<RunningEffect> performances = performances(performing);
    performances.forEach(RunningEffect::suspend);
    join(performances);
  }

  /** Ends all handlers and what they started, and waits for their threads to end. */
  void cancel() throws InterruptedException {
    List<RunningEffect> performances = performances(performing);
    performing.forEach(pending -> pending.abandoned = true);
    interrupt(performing);
    join(performances);
  }

  private static void join(List<RunningEffect> performances) throws InterruptedException {
    for (RunningEffect performance : performances) {
      performance.join();
    }
  }

  private static List<RunningEffect> performances(Collection<Pending> effects) {
    return effects.stream().map(pending -> pending.performance).filter(Objects::nonNull).toList();
  }
}
