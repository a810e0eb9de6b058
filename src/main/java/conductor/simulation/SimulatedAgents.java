package conductor.simulation;

import conductor.effect.AgentEffect;
import conductor.effect.AgentEvent;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.AgentUsage;
import conductor.effect.Failure;
import conductor.effect.WorktreeEnv;
import conductor.scenario.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a simulated run: those that answer once, and those that go on beside the script.
 * Belongs to the thread of the run's loop, but for what courses do when they end.
 */
final class SimulatedAgents {

  private final Cast cast;
  private final VirtualTime time;
  private final AgentReplies replies;
  private final Map<String, Agent> agents = new HashMap<>();

  SimulatedAgents(Cast cast, VirtualTime time) {
    this.cast = cast;
    this.time = time;
    this.replies = new AgentReplies(cast);
  }

  /** An agent that was started beside the script. */
  private static final class Agent {
    final WorktreeEnv env;
    final @Nullable String type;
    @Nullable Instant free;
    AgentStatus status = AgentStatus.RUNNING;
    String said = "";
    String reason = "";
    int turns;

    Agent(WorktreeEnv env, @Nullable String type) {
      this.env = env;
      this.type = type;
    }
  }

  /** Returns the course of an effect; empty for one of which a simulation knows nothing. */
  Optional<Course> course(AgentEffect<?> effect, String position) {
    return Optional.ofNullable(
        switch (effect) {
          case AgentEffect.RunAgent run -> run(run, position);
          case AgentEffect.SpawnAgent spawn -> spawn(spawn, position);
          case AgentEffect.SendMessage send -> send(send, position);
          case AgentEffect.WaitForStatus wait -> await(wait);
          case AgentEffect.WaitForEvent wait -> await(wait);
          case AgentEffect.CaptureOutput capture -> {
            Agent agent = agent(capture.agentRef());
            yield Course.at(() -> agent.said);
          }
          case AgentEffect.StopAgent stop -> {
            Agent agent = agent(stop.agentRef());
            yield Course.at(() -> stopped(agent));
          }
          case AgentEffect.Usage _ -> {
            int turns = cast.turns.size();
            yield Course.at(() -> new AgentUsage(0, 0, 0.0, 0, turns));
          }
          case AgentEffect.ReadSession _, AgentEffect.ForkSession _ -> null;
        });
  }

  private Course run(AgentEffect.RunAgent run, String position) {
    String name = Objects.requireNonNullElse(run.name(), "");
    var turn = new Outcome.Turn(position, name, run.who().agent(), run.prompt(), run.env().id());
    return cast.turn(run, turn, run.env(), said -> replies.fitted(run, run.outputFormat(), said))
        .within(run.timeout(), late(name, "timeout", run.timeout()));
  }

  private static Course.End late(String name, String kind, @Nullable Duration limit) {
    return () -> {
      throw new AgentFailure.AgentTimeout(name, kind, Objects.requireNonNull(limit), Cast.OUTPUT);
    };
  }

  private Course spawn(AgentEffect.SpawnAgent spawn, String position) {
    String name = Objects.requireNonNullElse(spawn.name(), "agent-" + position);
    String type = spawn.who().agent();
    var agent = new Agent(spawn.env(), type);
    agents.put(name, agent);
    begin(spawn, agent, name, position, spawn.prompt(), null);
    return Course.at(() -> TypicalHandler.spawned(spawn, position));
  }

  private Course send(AgentEffect.SendMessage send, String position) {
    AgentRef ref = send.agentRef();
    Agent agent = agent(ref);
    Course turn = begin(send, agent, ref.name(), position, send.message(), send.outputFormat());
    return Boolean.FALSE.equals(send.waitForTurn()) ? Course.at(() -> null) : turn;
  }

  /** Begins a turn when the one before is over; returns the course of who waits for its end. */
  private Course begin(
      AgentEffect<?> effect,
      Agent agent,
      String name,
      String position,
      String prompt,
      @Nullable Object format) {
    var turn = new Outcome.Turn(position, name, agent.type, prompt, agent.env.id());
    Course course =
        cast.turn(
            effect,
            turn,
            agent.env,
            said -> {
              agent.said = Objects.toString(said, "");
              return replies.fitted(effect, format, said);
            });
    agent.turns++;
    agent.status = AgentStatus.RUNNING;
    if (course.takes() == null) {
      agent.free = Instant.MAX;
      return course;
    }
    Instant now = time.instant();
    Instant begins = agent.free == null || agent.free.isBefore(now) ? now : agent.free;
    agent.free = begins.plus(course.takes());
    Duration takes = Duration.between(now, agent.free);
    var ended = new Turn();
    time.after(takes, () -> ended.end(agent, course));
    return new Course(takes, ended::reply);
  }

  /** The end of a turn, which comes about once, whether anybody waits for it or not. */
  private static final class Turn {

    private @Nullable Object reply;
    private @Nullable Failure failure;

    void end(Agent agent, Course course) {
      if (agent.status == AgentStatus.ABORTED) {
        return;
      }
      try {
        reply = course.end().reply();
        agent.status = AgentStatus.DONE;
      } catch (Failure e) {
        failure = e;
        agent.status = AgentStatus.ERROR;
        agent.reason = Objects.toString(e.getMessage(), "");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Nullable Object reply() {
      if (failure != null) {
        throw failure;
      }
      return reply;
    }
  }

  private Course await(AgentEffect.WaitForStatus wait) {
    AgentRef ref = wait.agentRef();
    Agent agent = agent(ref);
    return wait.status().contains(agent.status)
        ? Course.at(() -> agent.status)
        : new Course(left(agent), () -> reached(wait, agent))
            .within(
                wait.timeout(),
                () -> {
                  throw new AgentFailure.StatusTimeout(
                      ref.name(), agent.status.name(), Objects.requireNonNull(wait.timeout()));
                });
  }

  private static AgentStatus reached(AgentEffect.WaitForStatus wait, Agent agent) {
    if (!wait.status().contains(agent.status)) {
      throw new AgentFailure.AgentEnded(wait.agentRef().name(), agent.status.name(), agent.reason);
    }
    return agent.status;
  }

  private Course await(AgentEffect.WaitForEvent wait) {
    Agent agent = agent(wait.agentRef());
    return new Course(
        left(agent),
        () ->
            new AgentEvent(
                AgentEvent.Kind.ENDED,
                agent.said,
                agent.turns,
                null,
                agent.status,
                agent.turns + ".0.1"));
  }

  private @Nullable Duration left(Agent agent) {
    Instant free = agent.free;
    Instant now = time.instant();
    if (free == null || !free.isAfter(now)) {
      return Duration.ZERO;
    }
    return free.equals(Instant.MAX) ? null : Duration.between(now, free);
  }

  private @Nullable Object stopped(Agent agent) {
    if (agent.status == AgentStatus.RUNNING) {
      agent.status = AgentStatus.ABORTED;
      agent.free = time.instant();
    }
    return null;
  }

  private Agent agent(AgentRef ref) {
    Agent agent = agents.get(ref.name());
    if (agent == null) {
      throw new AgentFailure.AgentUnavailable(
          ref.name(), "no agent of this name was started; there are " + agents.keySet());
    }
    return agent;
  }

  /** Returns the agents that never ended, for what is told of a run of which nothing comes. */
  List<String> hanging() {
    return agents.entrySet().stream()
        .filter(agent -> Instant.MAX.equals(agent.getValue().free))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
