package conductor.handlers.agent;

import conductor.effect.AgentChoice;
import conductor.effect.AgentEffect;
import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.AgentEffect.SpawnAgent;
import conductor.effect.AgentEvent;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Key;
import conductor.engine.handler.Ongoing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles the agent effects: runs and starts agents, sends messages to them, and reports on them.
 */
public final class AgentHandler implements Handler<AgentEffect<?>> {

  private static final int LINES = 500;

  private final AgentCatalog catalog;
  private final Conversations conversations;
  private final EffectTurns turns;
  private final Writers writers;
  private final CheckoutUse checkouts;
  private final Path project;
  private final InstantSource clock;

  /**
   * @param checkouts lets agents into users' checkouts
   * @param project the directory that a path of an output format is relative to
   */
  public AgentHandler(
      AgentCatalog catalog,
      Conversations conversations,
      CheckoutUse checkouts,
      Path project,
      InstantSource clock) {
    this.catalog = catalog;
    this.conversations = conversations;
    this.turns = new EffectTurns(conversations);
    this.writers = new Writers(conversations);
    this.checkouts = checkouts;
    this.project = project;
    this.clock = clock;
  }

  @Override
  public AgentEffect<?> resolve(AgentEffect<?> effect) {
    return switch (effect) {
      case RunAgent run -> {
        AgentSettings settings = catalog.settings(run.who());
        AgentSettings.Limits limits = settings.limits();
        yield run.withType(settings.type())
            .withTimeout(Objects.requireNonNullElse(run.timeout(), limits.timeout()))
            .withIdleTimeout(Objects.requireNonNullElse(run.idleTimeout(), limits.idleTimeout()));
      }
      case SpawnAgent spawn -> spawn.withType(catalog.settings(spawn.who()).type());
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.WaitForEvent _,
          AgentEffect.CaptureOutput _,
          AgentEffect.ReadSession _,
          AgentEffect.ForkSession _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          effect;
    };
  }

  @Override
  public void admit(AgentEffect<?> effect, Key key, Stream<Ongoing> others) {
    writers.admit(effect, key, others);
  }

  @Override
  public Act<?> act(AgentEffect<?> effect) {
    return switch (effect) {
      case RunAgent run -> Act.repeatable(call -> ran(run, call));
      case SpawnAgent spawn ->
          Act.adoptable(call -> spawned(spawn, call), call -> spawned(spawn, call), call -> null);
      case AgentEffect.SendMessage send -> sent(send);
      case AgentEffect.WaitForStatus wait -> Act.repeatable(call -> reached(wait, call));
      case AgentEffect.WaitForEvent wait -> Act.repeatable(call -> happened(wait, call));
      case AgentEffect.CaptureOutput capture ->
          Act.repeatable(call ->
              conversations.output(
                  capture.agentRef(), Objects.requireNonNullElse(capture.lines(), LINES)));
      case AgentEffect.ReadSession read ->
          Act.repeatable(call -> conversations.turns(read.agentRef(), read.last()));
      case AgentEffect.ForkSession fork ->
          Act.adoptable(call -> {
            String name = Objects.requireNonNullElse(fork.name(), fork.agentRef().name() + "-fork");
            return conversations.fork(fork.agentRef(), name, call.key());
          });
      case AgentEffect.Usage _ -> Act.repeatable(call -> conversations.used());
      case AgentEffect.StopAgent stop ->
          Act.repeatable(call -> {
            conversations.of(stop.agentRef()).stop();
            return null;
          });
    };
  }

  private @Nullable Object ran(RunAgent run, Call call) throws InterruptedException {
    AgentSettings settings = catalog.settings(run.who());
    StructuredAnswer format =
        run.outputFormat() == null ? null : new StructuredAnswer(run.outputFormat(), project);
    var wanted =
        new Conversations.Wanted(
            Writers.name(run.name(), settings.type(), call.key()),
            run.who().with(settings.type(), null, null),
            run.dir(),
            Boolean.TRUE.equals(run.shared()),
            false);
    AgentRef agent = conversations.begin(wanted, call.key(), run.env(), hasFailed(format));
    AgentSettings.Limits usual = settings.limits();
    var question =
        new EffectTurns.Question(
            agent,
            settings,
            run.prompt(),
            Objects.requireNonNullElse(run.timeout(), usual.timeout()),
            Objects.requireNonNullElse(run.idleTimeout(), usual.idleTimeout()),
            true);
    try (var _ = entered(agent)) {
      return answer(question, format, call);
    }
  }

  private @Nullable Object answer(
      EffectTurns.Question question, @Nullable StructuredAnswer format, Call call)
      throws InterruptedException {
    Conversation conversation = conversations.of(question.agent());
    conversation.keepAlive();
    try {
      return format == null ? turns.answer(question, call) : turns.value(question, format, call);
    } finally {
      conversation.closeIdle();
    }
  }

  /** Returns which ends of its last turn let a retry continue with the same agent. */
  private static Predicate<TurnEnd> hasFailed(@Nullable StructuredAnswer format) {
    return end ->
        switch (end.how()) {
          case ANSWERED -> format != null && format.check(end.answer()).problem() != null;
          case UNAVAILABLE, NOT_TRUSTED, NOT_FORKABLE -> false;
          case EXITED, TIMEOUT, IDLE_TIMEOUT, DENIED, RATE_LIMITED, FAILED, LOST, ABORTED -> true;
        };
  }

  /** Runs one turn of an agent as part of another effect; returns the answer. */
  public String turn(String name, AgentChoice who, WorktreeEnv env, String prompt, Call call)
      throws InterruptedException {
    AgentSettings settings = catalog.settings(who);
    var wanted =
        new Conversations.Wanted(name, who.with(settings.type(), null, null), null, false, false);
    AgentRef agent = conversations.begin(wanted, call.key(), env, _ -> false);
    Conversation conversation = conversations.of(agent);
    try {
      TurnEnd end = EffectTurns.awaited(conversation, conversation.turn(call.key(), prompt), call);
      return Answers.of(agent, end, conversations.log(agent));
    } finally {
      conversation.closeIdle();
    }
  }

  private AgentRef spawned(SpawnAgent spawn, Call call) throws InterruptedException {
    AgentSettings settings = catalog.settings(spawn.who());
    var wanted =
        new Conversations.Wanted(
            Writers.name(spawn.name(), settings.type(), call.key()),
            spawn.who().with(settings.type(), null, null),
            spawn.dir(),
            Boolean.TRUE.equals(spawn.shared()),
            true);
    AgentRef agent = conversations.begin(wanted, call.key(), spawn.env(), _ -> false);
    try (var _ = entered(agent)) {
      Conversation conversation = conversations.of(agent);
      conversation.turn(call.key(), spawn.prompt());
      conversation.run();
      return agent;
    }
  }

  private Act<?> sent(AgentEffect.SendMessage send) {
    Object format = send.outputFormat();
    return format == null
        ? said(send)
        : Act.<@Nullable Object>repeatable(call -> {
          try (var _ = entered(send.agentRef())) {
            return turns.value(question(send), new StructuredAnswer(format, project), call);
          }
        });
  }

  private EffectTurns.Question question(AgentEffect.SendMessage send) {
    AgentSettings settings = conversations.of(send.agentRef()).settings();
    AgentSettings.Limits usual = settings.limits();
    return new EffectTurns.Question(
        send.agentRef(), settings, send.message(), usual.timeout(), usual.idleTimeout(), false);
  }

  private Act<@Nullable Void> said(AgentEffect.SendMessage send) {
    return Act.adoptable(call -> {
      try (var _ = entered(send.agentRef())) {
        say(send, call);
      }
      return null;
    });
  }

  private void say(AgentEffect.SendMessage send, Call call) throws InterruptedException {
    Conversation conversation = conversations.of(send.agentRef());
    Turn turn = conversation.say(call.key(), send.message());
    if (Boolean.TRUE.equals(send.waitForTurn())) {
      TurnEnd end = conversation.await(turn, new EffectTurns.Watcher(call));
      call.completedAt(end.at());
      Answers.of(send.agentRef(), end, conversations.log(send.agentRef()));
    }
  }

  /** Lets an agent into its checkout, if it works in one; forgets a new one that is refused. */
  private CheckoutUse.Stay entered(AgentRef agent) throws InterruptedException {
    Optional<AgentSetup> setup = conversations.setup(agent);
    try {
      return setup.isEmpty() ? () -> {} : checkouts.enter(agent.name(), setup.get());
    } catch (AgentFailure.WorktreeInUse e) {
      conversations.forgetNew(agent);
      throw e;
    }
  }

  private AgentStatus reached(AgentEffect.WaitForStatus wait, Call call)
      throws InterruptedException {
    call.stillRunning();
    Conversation conversation = conversations.of(wait.agentRef());
    conversation.run();
    Instant deadline = wait.timeout() == null ? Instant.MAX : call.askedAt().plus(wait.timeout());
    while (true) {
      AgentStatus status = conversation.status();
      if (wait.status().contains(status)) {
        return status;
      }
      if (status.terminal()) {
        throw new AgentFailure.AgentEnded(wait.agentRef().name(), name(status), conversation.why());
      }
      Instant now = clock.instant();
      if (!now.isBefore(deadline)) {
        throw new AgentFailure.StatusTimeout(
            wait.agentRef().name(), name(status), Objects.requireNonNull(wait.timeout()));
      }
      Duration left = Duration.between(now, deadline);
      conversation.awaitChange(status, Collections.min(List.of(left, Duration.ofMinutes(1))));
    }
  }

  private AgentEvent happened(AgentEffect.WaitForEvent wait, Call call)
      throws InterruptedException {
    call.stillRunning();
    Conversation conversation = conversations.of(wait.agentRef());
    conversation.run();
    AgentEvents events = conversations.events(wait.agentRef());
    var after = AgentEvents.At.of(wait.after());
    Instant deadline = wait.timeout() == null ? Instant.MAX : call.askedAt().plus(wait.timeout());
    List<AgentEvent.Kind> kinds =
        Objects.requireNonNullElse(wait.events(), List.of(AgentEvent.Kind.values()));
    while (true) {
      AgentStatus status = conversation.status(); // before the look: what ended it is seen then
      AgentEvents.Stamp seen = events.stamp();
      Optional<AgentEvent> next = events.next(after, kinds::contains, status);
      if (next.isPresent()) {
        return next.get();
      }
      if (status.terminal() && events.over()) {
        throw new AgentFailure.AgentEnded(wait.agentRef().name(), name(status), conversation.why());
      }
      Instant now = clock.instant();
      if (!now.isBefore(deadline)) {
        return events.timeout(after, status);
      }
      Duration left = Duration.between(now, deadline);
      conversation.awaitNews(
          status,
          () -> !events.stamp().equals(seen),
          Collections.min(List.of(left, Duration.ofMinutes(1))));
    }
  }

  private static String name(AgentStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
