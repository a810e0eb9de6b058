package conductor.handlers.agent;

import conductor.effect.AgentEffect;
import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.AgentEffect.SpawnAgent;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Key;
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
import org.jspecify.annotations.Nullable;

/**
 * Handles the agent effects: runs and starts agents, sends messages to them, and reports on them.
 */
public final class AgentHandler implements Handler<AgentEffect<?>> {

  private static final int ATTEMPTS = 3;
  private static final int LINES = 500;

  private final AgentCatalog catalog;
  private final Conversations conversations;
  private final Path project;
  private final InstantSource clock;

  /**
   * @param project the directory that a path of an output format is relative to
   */
  public AgentHandler(
      AgentCatalog catalog, Conversations conversations, Path project, InstantSource clock) {
    this.catalog = catalog;
    this.conversations = conversations;
    this.project = project;
    this.clock = clock;
  }

  @Override
  public AgentEffect<?> resolve(AgentEffect<?> effect) {
    return switch (effect) {
      case RunAgent run -> {
        AgentSettings settings = settings(run.type(), run.profile(), run.model());
        yield new RunAgent(
            run.env(),
            run.prompt(),
            settings.type(),
            run.outputFormat(),
            run.name(),
            run.profile(),
            run.model(),
            Objects.requireNonNullElse(run.timeout(), settings.limits().timeout()),
            Objects.requireNonNullElse(run.idleTimeout(), settings.limits().idleTimeout()));
      }
      case SpawnAgent spawn ->
          new SpawnAgent(
              spawn.env(),
              spawn.prompt(),
              settings(spawn.type(), spawn.profile(), spawn.model()).type(),
              spawn.name(),
              spawn.profile(),
              spawn.model());
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.CaptureOutput _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          effect;
    };
  }

  private AgentSettings settings(
      @Nullable String type, @Nullable String profile, @Nullable String model) {
    return catalog.settings(type == null ? catalog.defaultType(profile) : type, profile, model);
  }

  @Override
  public Act<?> act(AgentEffect<?> effect) {
    return switch (effect) {
      case RunAgent run -> Act.repeatable(call -> ran(run, call));
      case SpawnAgent spawn ->
          Act.adoptable(call -> spawned(spawn, call), call -> spawned(spawn, call), call -> null);
      case AgentEffect.SendMessage send -> sent(send);
      case AgentEffect.WaitForStatus wait -> Act.repeatable(call -> reached(wait, call));
      case AgentEffect.CaptureOutput capture ->
          Act.repeatable(call ->
              conversations.output(
                  capture.agentRef(), Objects.requireNonNullElse(capture.lines(), LINES)));
      case AgentEffect.Usage _ -> Act.repeatable(call -> conversations.used());
      case AgentEffect.StopAgent stop ->
          Act.repeatable(call -> {
            conversations.of(stop.agentRef()).stop();
            return null;
          });
    };
  }

  private @Nullable Object ran(RunAgent run, Call call) throws InterruptedException {
    AgentSettings settings = settings(run.type(), run.profile(), run.model());
    StructuredAnswer format =
        run.outputFormat() == null ? null : new StructuredAnswer(run.outputFormat(), project);
    AgentRef agent =
        begun(run.name(), settings, run.profile(), run.model(), run.env(), call, hasFailed(format));
    conversations.of(agent).keepAlive();
    try {
      return format == null
          ? call.step("turn-1", turn(run, settings, agent, Turns.Text.of(run.prompt())))
          : structured(run, settings, agent, format, call);
    } finally {
      conversations.of(agent).closeIdle();
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

  private @Nullable Object structured(
      RunAgent run, AgentSettings settings, AgentRef agent, StructuredAnswer format, Call call)
      throws InterruptedException {
    String prompt =
        takesSchema(settings) ? run.prompt() : Prompts.structured(run.prompt(), format.schema());
    Optional<TurnEnd> before =
        conversations.of(agent).lastBefore(call.key()).flatMap(Turn::end).filter(TurnEnd::answered);
    String answer = before.map(TurnEnd::answer).orElse("");
    String problem = before.map(end -> format.check(end.answer()).problem()).orElse("");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      boolean remembers = settings.protocol() != null;
      String asked =
          problem.isEmpty()
              ? prompt
              : remembers
                  ? Prompts.correct(problem, format.schema())
                  : Prompts.again(prompt, answer, problem);
      var text = new Turns.Text(asked, null, format.schema());
      answer = call.step("turn-" + attempt, turn(run, settings, agent, text));
      StructuredAnswer.Checked checked = format.check(answer);
      if (checked.problem() == null) {
        return checked.value();
      }
      problem = checked.problem();
    }
    throw new AgentFailure.InvalidOutput(agent.name(), ATTEMPTS, problem, answer);
  }

  private static boolean takesSchema(AgentSettings settings) {
    return settings.protocol() != null && settings.protocol().takesSchema();
  }

  private AgentRef begun(
      @Nullable String name,
      AgentSettings settings,
      @Nullable String profile,
      @Nullable String model,
      WorktreeEnv env,
      Call call,
      Predicate<TurnEnd> failed) {
    String wanted = name == null ? nameOf(settings, call) : name;
    return conversations.begin(
        new Conversations.Wanted(wanted, settings.type(), profile, model), call.key(), env, failed);
  }

  /** Runs one turn of the default agent as part of another effect; returns the answer. */
  public String turn(String name, WorktreeEnv env, String prompt, Call call)
      throws InterruptedException {
    AgentSettings settings = settings(null, null, null);
    AgentRef agent = begun(name, settings, null, null, env, call, _ -> false);
    Conversation conversation = conversations.of(agent);
    try {
      TurnEnd end = awaited(conversation, conversation.turn(call.key(), prompt), call);
      return Answers.of(agent, end, conversations.log(agent));
    } finally {
      conversation.closeIdle();
    }
  }

  private static String nameOf(AgentSettings settings, Call call) {
    return settings.type() + "-" + call.key().position().replaceAll("[^A-Za-z0-9]+", "-");
  }

  private Act<String> turn(RunAgent run, AgentSettings settings, AgentRef agent, Turns.Text text) {
    Act.Work<String> work = call -> answered(run, settings, agent, text, call);
    return Act.adoptable(
        work,
        work,
        call -> {
          conversations.of(agent).stop();
          return null;
        });
  }

  private String answered(
      RunAgent run, AgentSettings settings, AgentRef agent, Turns.Text text, Call call)
      throws InterruptedException {
    Conversation conversation = conversations.of(agent);
    AgentSettings.Limits usual = settings.limits();
    var limits =
        new Turns.Limits(
            call.askedAt(),
            Objects.requireNonNullElse(run.timeout(), usual.timeout()),
            Objects.requireNonNullElse(run.idleTimeout(), usual.idleTimeout()));
    Turn turn = conversation.turn(call.key(), told(conversation, text, call.key()), limits);
    TurnEnd end = awaited(conversation, turn, call);
    call.completedAt(end.at());
    return Answers.of(agent, end, conversations.log(agent));
  }

  /** Waits for the end of a turn; stops the agent when the call is cancelled meanwhile. */
  private static TurnEnd awaited(Conversation conversation, Turn turn, Call call)
      throws InterruptedException {
    try {
      return conversation.await(turn, new Watcher(call));
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        conversation.stop();
      }
      throw e;
    }
  }

  /**
   * Returns the prompt of a turn. When the agent's previous turn failed, the prompt also says how,
   * so that the agent continues its work; but not when the program ended with an exit code.
   */
  private static Turns.Text told(Conversation conversation, Turns.Text text, Key key) {
    Optional<Turn> before = conversation.lastBefore(key);
    Optional<TurnEnd> end =
        before
            .flatMap(Turn::end)
            .filter(last -> !last.answered() && last.how() != TurnEnd.How.EXITED);
    if (end.isEmpty()) {
      return text;
    }
    boolean asBefore = before.get().prompt().contains(text.prompt());
    String goOn = Prompts.goOn(end.get());
    return new Turns.Text(
        Prompts.goOn(end.get(), text.prompt()),
        asBefore ? goOn : goOn + "\nWhat you are asked for is this now:\n\n" + text.prompt(),
        text.schema());
  }

  private AgentRef spawned(SpawnAgent spawn, Call call) {
    AgentSettings settings = settings(spawn.type(), spawn.profile(), spawn.model());
    AgentRef agent =
        begun(
            spawn.name(), settings, spawn.profile(), spawn.model(), spawn.env(), call, _ -> false);
    Conversation conversation = conversations.of(agent);
    conversation.turn(call.key(), spawn.prompt());
    conversation.run();
    return agent;
  }

  private Act<@Nullable Void> sent(AgentEffect.SendMessage send) {
    return Act.adoptable(call -> {
      Conversation conversation = conversations.of(send.agentRef());
      Turn turn = conversation.say(call.key(), send.message());
      if (Boolean.TRUE.equals(send.waitForTurn())) {
        TurnEnd end = conversation.await(turn, new Watcher(call));
        call.completedAt(end.at());
        Answers.of(send.agentRef(), end, conversations.log(send.agentRef()));
      }
      return null;
    });
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

  private static String name(AgentStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** Reports to the effect's call that its agent still works, or what the agent waits for. */
  private record Watcher(Call call) implements Driver.Progress {

    @Override
    public void boots() {
      call.stillRunning();
    }

    @Override
    public void goesOn() {
      call.stillRunning();
    }

    @Override
    public void works() {
      call.waitsForPerson("");
    }

    @Override
    public void waits(String why, boolean person) {
      call.stillRunning();
      if (person) {
        call.waitsForPerson(why);
      } else {
        call.say(why);
      }
    }
  }
}
