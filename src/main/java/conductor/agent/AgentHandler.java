package conductor.agent;

import conductor.effect.AgentEffect;
import conductor.effect.AgentEffect.RunAgent;
import conductor.effect.AgentEffect.SpawnAgent;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.WorktreeEnv;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.handler.Handler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs agents, and talks to those that were started. */
public final class AgentHandler implements Handler<AgentEffect<?>> {

  private static final int ATTEMPTS = 3;
  private static final int LINES = 500;

  private final AgentCatalog catalog;
  private final Conversations conversations;
  private final Path project;
  private final InstantSource clock;

  /**
   * @param project what the path of an output format is relative to
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
        AgentSettings settings = settings(run.type());
        yield new RunAgent(
            run.env(),
            run.prompt(),
            settings.type(),
            run.outputFormat(),
            run.name(),
            run.profile(),
            run.model(),
            Objects.requireNonNullElse(run.timeout(), settings.timeout()),
            Objects.requireNonNullElse(run.idleTimeout(), settings.idleTimeout()));
      }
      case SpawnAgent spawn ->
          new SpawnAgent(
              spawn.env(),
              spawn.prompt(),
              settings(spawn.type()).type(),
              spawn.name(),
              spawn.profile(),
              spawn.model());
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.CaptureOutput _,
          AgentEffect.StopAgent _ ->
          effect;
    };
  }

  private AgentSettings settings(@Nullable String type) {
    return catalog.settings(type == null ? catalog.defaultType() : type);
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
      case AgentEffect.StopAgent stop ->
          Act.repeatable(call -> {
            conversations.of(stop.agentRef()).stop();
            return null;
          });
    };
  }

  private @Nullable Object ran(RunAgent run, Call call) throws InterruptedException {
    AgentSettings settings = settings(run.type());
    StructuredAnswer format =
        run.outputFormat() == null ? null : new StructuredAnswer(run.outputFormat(), project);
    String name = run.name() == null ? nameOf(settings, call) : run.name();
    AgentRef agent = conversations.begin(name, call.key().toString(), run.env(), settings);
    String prompt =
        format == null ? run.prompt() : Prompts.structured(run.prompt(), format.schema());
    String answer = "";
    String problem = "";
    for (int attempt = 1; attempt <= (format == null ? 1 : ATTEMPTS); attempt++) {
      String asked = attempt == 1 ? prompt : Prompts.again(prompt, answer, problem);
      answer = call.step("turn-" + attempt, turn(run, settings, agent, asked, format));
      if (format == null) {
        return answer;
      }
      StructuredAnswer.Checked checked = format.check(answer);
      if (checked.problem() == null) {
        return checked.value();
      }
      problem = checked.problem();
    }
    throw new AgentFailure.InvalidOutput(agent.name(), ATTEMPTS, problem, answer);
  }

  /**
   * Has the default agent do something in a worktree, as part of another effect.
   *
   * @return its answer
   */
  public String turn(String name, WorktreeEnv env, String prompt, Call call)
      throws InterruptedException {
    AgentSettings settings = settings(null);
    AgentRef agent = conversations.begin(name, call.key().toString(), env, settings);
    Conversation conversation = conversations.of(agent);
    return conversation.answer(
        conversation.turn(call.key(), prompt),
        null,
        call.askedAt(),
        settings.timeout(),
        settings.idleTimeout(),
        () -> call.say("waits for a free agent slot"));
  }

  private static String nameOf(AgentSettings settings, Call call) {
    return settings.type() + "-" + call.key().position().replaceAll("[^A-Za-z0-9]+", "-");
  }

  private Act<String> turn(
      RunAgent run,
      AgentSettings settings,
      AgentRef agent,
      String prompt,
      @Nullable StructuredAnswer format) {
    Act.Work<String> work = call -> answered(run, settings, agent, prompt, format, call);
    return Act.adoptable(
        work,
        call -> {
          call.ongoing();
          return work.run(call);
        },
        call -> {
          conversations.of(agent).stop();
          return null;
        });
  }

  private String answered(
      RunAgent run,
      AgentSettings settings,
      AgentRef agent,
      String prompt,
      @Nullable StructuredAnswer format,
      Call call)
      throws InterruptedException {
    Conversation conversation = conversations.of(agent);
    Turn turn = conversation.turn(call.key(), prompt);
    try {
      String answer =
          conversation.answer(
              turn,
              format == null ? null : format.schema(),
              call.askedAt(),
              Objects.requireNonNullElse(run.timeout(), settings.timeout()),
              Objects.requireNonNullElse(run.idleTimeout(), settings.idleTimeout()),
              () -> call.say("waits for a free agent slot"));
      turn.ended().ifPresent(call::happened);
      return answer;
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        conversation.stop();
      }
      throw e;
    }
  }

  private AgentRef spawned(SpawnAgent spawn, Call call) {
    AgentSettings settings = settings(spawn.type());
    String name = spawn.name() == null ? nameOf(settings, call) : spawn.name();
    AgentRef agent = conversations.begin(name, call.key().toString(), spawn.env(), settings);
    Conversation conversation = conversations.of(agent);
    conversation.turn(call.key(), spawn.prompt());
    conversation.run();
    return agent;
  }

  private Act<@Nullable Void> sent(AgentEffect.SendMessage send) {
    Act.Work<@Nullable Void> work =
        call -> {
          Conversation conversation = conversations.of(send.agentRef());
          conversation.turn(call.key(), send.message());
          conversation.run();
          if (Boolean.TRUE.equals(send.waitForTurn())) {
            call.ongoing();
            while (!conversation.status().terminal()) {
              conversation.awaitChange(conversation.status(), Duration.ofSeconds(1));
            }
          }
          return null;
        };
    return Act.adoptable(work, work);
  }

  private AgentStatus reached(AgentEffect.WaitForStatus wait, Call call)
      throws InterruptedException {
    call.ongoing();
    Conversation conversation = conversations.of(wait.agentRef());
    conversation.run();
    Instant deadline = wait.timeout() == null ? Instant.MAX : call.askedAt().plus(wait.timeout());
    while (true) {
      AgentStatus status = conversation.status();
      if (wait.status().contains(status)) {
        return status;
      }
      if (status.terminal()) {
        throw new AgentFailure.AgentEnded(
            wait.agentRef().name(), status.name().toLowerCase(java.util.Locale.ROOT), "");
      }
      Instant now = clock.instant();
      if (!now.isBefore(deadline)) {
        throw new AgentFailure.StatusTimeout(
            wait.agentRef().name(),
            status.name().toLowerCase(java.util.Locale.ROOT),
            Objects.requireNonNull(wait.timeout()));
      }
      boolean soon = Duration.between(now, deadline).compareTo(Duration.ofMinutes(1)) < 0;
      conversation.awaitChange(
          status, soon ? Duration.between(now, deadline) : Duration.ofMinutes(1));
    }
  }
}
