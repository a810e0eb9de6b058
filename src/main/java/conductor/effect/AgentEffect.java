package conductor.effect;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The effects on coding agents and their conversations. */
public sealed interface AgentEffect<R extends @Nullable Object> extends Effect<R> {

  /** The description of the parameter that takes an agent as roles have it. */
  String WHO =
      "who does it, and with which settings, as a role; what is given beside it comes before";

  /** Runs an agent to the end of its turn. */
  @About(
      value =
          "Runs an agent in a worktree until it is done and replies with its text, or with a value that fits output_format.",
      example = "yield RunAgent(env: env, prompt: issue.body)")
  @OfAgents
  record RunAgent(
      @About("the worktree it works in") @Place(kept = true) WorktreeEnv env,
      @About("what it is asked to do") String prompt,
      @About("the agent's name in the configuration; default: the configured one") @Leading
          @Nullable String type,
      @About(
              "a JSON schema: a map, a file's path, or JSON text; the reply is then the validated value")
          @Nullable Object outputFormat,
      @About("what the run calls the agent; default: from the type and the position")
          @Nullable String name,
      @About("a profile of the configuration") @Nullable String profile,
      @About("the model, as the agent names it") @Nullable String model,
      @About("the longest a turn may take; default: 1 h") @Nullable Duration timeout,
      @About("the longest it may be silent; default: 10 min") @Nullable Duration idleTimeout,
      @About("where in the worktree it starts; default: the top") @Nullable String dir,
      @About("lets other shared agents work in the worktree beside it; default: false")
          @Nullable Boolean shared,
      @About(AgentEffect.WHO) @Nullable AgentChoice agent)
      implements AgentEffect<@Nullable Object> {

    /** Returns the agent and its settings, of all that says something of them. */
    public AgentChoice who() {
      return Objects.requireNonNullElse(agent, AgentChoice.DEFAULT).with(type, profile, model);
    }

    private RunAgent by(
        @Nullable String type,
        @Nullable String profile,
        @Nullable String model,
        @Nullable AgentChoice agent) {
      return new RunAgent(
          env,
          prompt,
          type,
          outputFormat,
          name,
          profile,
          model,
          timeout,
          idleTimeout,
          dir,
          shared,
          agent);
    }

    private RunAgent with(
        @Nullable Object outputFormat,
        @Nullable String name,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Nullable String dir,
        @Nullable Boolean shared) {
      return new RunAgent(
          env,
          prompt,
          type,
          outputFormat,
          name,
          profile,
          model,
          timeout,
          idleTimeout,
          dir,
          shared,
          agent);
    }

    public RunAgent withType(String type) {
      return by(type, profile, model, agent);
    }

    public RunAgent withOutputFormat(Object outputFormat) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withName(String name) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withProfile(String profile) {
      return by(type, profile, model, agent);
    }

    public RunAgent withModel(String model) {
      return by(type, profile, model, agent);
    }

    public RunAgent withTimeout(Duration timeout) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }

    public RunAgent withIdleTimeout(Duration idleTimeout) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withIdleTimeout(String idleTimeout) {
      return withIdleTimeout(Coercion.duration(idleTimeout));
    }

    public RunAgent withDir(String dir) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withShared(Boolean shared) {
      return with(outputFormat, name, timeout, idleTimeout, dir, shared);
    }

    public RunAgent withAgent(AgentChoice agent) {
      return by(type, profile, model, agent);
    }

    public RunAgent withAgent(String agent) {
      return withAgent(AgentChoice.named(agent));
    }
  }

  /** Starts an agent without waiting for it. */
  @About(
      value = "Starts an agent in a worktree and does not wait.",
      example = "def helper = yield SpawnAgent(env: env, prompt: 'Write the docs')")
  @OfAgents
  record SpawnAgent(
      @About("the worktree it works in") @Place(kept = true) WorktreeEnv env,
      @About("what it is asked to do") String prompt,
      @About("the agent's name in the configuration; default: the configured one") @Leading
          @Nullable String type,
      @About("what the run calls the agent; default: from the type and the position")
          @Nullable String name,
      @About("a profile of the configuration") @Nullable String profile,
      @About("the model, as the agent names it") @Nullable String model,
      @About("where in the worktree it starts; default: the top") @Nullable String dir,
      @About("lets other shared agents work in the worktree beside it; default: false")
          @Nullable Boolean shared,
      @About(AgentEffect.WHO) @Nullable AgentChoice agent)
      implements AgentEffect<AgentRef> {

    /** Returns the agent and its settings, of all that says something of them. */
    public AgentChoice who() {
      return Objects.requireNonNullElse(agent, AgentChoice.DEFAULT).with(type, profile, model);
    }

    public SpawnAgent withType(String type) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withName(String name) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withProfile(String profile) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withModel(String model) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withDir(String dir) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withShared(Boolean shared) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withAgent(AgentChoice agent) {
      return new SpawnAgent(env, prompt, type, name, profile, model, dir, shared, agent);
    }

    public SpawnAgent withAgent(String agent) {
      return withAgent(AgentChoice.named(agent));
    }
  }

  /** Sends a message to an agent. */
  @About(
      value =
          "Sends a message to an agent: delivered once and in order. An agent between turns goes on with its conversation. With output_format it waits for the turn and replies with the value, else with nothing.",
      example = "yield SendMessage(helper, 'Mention the flags too')")
  @OfAgents
  record SendMessage(
      @About("the agent") @Place(kept = true) AgentRef agentRef,
      @About("what to say") String message,
      @About("wait until the turn it starts has ended, and fail as it fails; default: false")
          @Spelt("wait")
          @Nullable Boolean waitForTurn,
      @About("a JSON schema as of RunAgent: the reply is then the validated value of the answer")
          @Nullable Object outputFormat)
      implements AgentEffect<@Nullable Object> {
    public SendMessage withWaitForTurn(Boolean waitForTurn) {
      return new SendMessage(agentRef, message, waitForTurn, outputFormat);
    }

    public SendMessage withOutputFormat(Object outputFormat) {
      return new SendMessage(agentRef, message, waitForTurn, outputFormat);
    }
  }

  /** Waits until an agent has a status. */
  @About(
      value =
          "Waits until an agent has a status. A terminal status that was not asked for is a failure.",
      example = "yield WaitForStatus(helper, 'done', timeout: '30m')")
  @OfAgents
  record WaitForStatus(
      @About("the agent") @Place(kept = true) AgentRef agentRef,
      @About("one status, or several of which any will do") List<AgentStatus> status,
      @About("the longest to wait; default: without limit") @Nullable Duration timeout)
      implements AgentEffect<AgentStatus> {
    public WaitForStatus {
      status = List.copyOf(status);
    }

    public WaitForStatus withTimeout(Duration timeout) {
      return new WaitForStatus(agentRef, status, timeout);
    }

    public WaitForStatus withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }
  }

  /** Waits until something happens in a conversation. */
  @About(
      value =
          "Waits until an agent says or asks something, ends a turn, or the time is over, and replies with what happened first behind a position. Of an agent that is at rest with nothing left to tell it is a failure.",
      example = "def event = yield WaitForEvent(helper, timeout: '10m')")
  @OfAgents
  record WaitForEvent(
      @About("the agent") @Place(kept = true) AgentRef agentRef,
      @About("the position of the event before; default: the beginning of the conversation")
          @Nullable String after,
      @About("only events of these kinds; default: all") @Nullable List<AgentEvent.Kind> events,
      @About("the longest to wait; default: without limit") @Nullable Duration timeout)
      implements AgentEffect<AgentEvent> {

    public WaitForEvent {
      if (after != null && !after.matches("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}")) {
        throw new IllegalArgumentException(
            "after must be the position of an event, such as 12.0.1, found '" + after + "'");
      }
      if (events != null && events.isEmpty()) {
        throw new IllegalArgumentException("events must name one kind or more, found none");
      }
      events = events == null ? null : List.copyOf(events);
    }

    public WaitForEvent withAfter(String after) {
      return new WaitForEvent(agentRef, after, events, timeout);
    }

    public WaitForEvent withEvents(List<AgentEvent.Kind> events) {
      return new WaitForEvent(agentRef, after, events, timeout);
    }

    public WaitForEvent withTimeout(Duration timeout) {
      return new WaitForEvent(agentRef, after, events, timeout);
    }

    public WaitForEvent withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }
  }

  /** Reads the end of an agent's output. */
  @About(
      value = "Replies with the last lines of an agent's output.",
      example = "def said = yield CaptureOutput(helper, lines: 20)")
  record CaptureOutput(
      @About("the agent") @Place(kept = false) AgentRef agentRef,
      @About("how many lines; default: 500") @Nullable Integer lines)
      implements AgentEffect<String> {
    public CaptureOutput withLines(Integer lines) {
      return new CaptureOutput(agentRef, lines);
    }
  }

  /** Reads an agent's conversation. */
  @About(
      value =
          "Replies with the turns of an agent's conversation so far: what it was asked, and what it answered.",
      example = "def turns = yield ReadSession(helper)")
  record ReadSession(
      @About("the agent") @Place(kept = false) AgentRef agentRef,
      @About("only the last turns, so many; default: all") @Nullable Integer last)
      implements AgentEffect<List<AgentTurn>> {
    public ReadSession {
      if (last != null && last < 1) {
        throw new IllegalArgumentException("last must be 1 or more, found " + last);
      }
    }

    public ReadSession withLast(Integer last) {
      return new ReadSession(agentRef, last);
    }
  }

  /** Copies an agent's conversation into a new agent. */
  @About(
      value =
          "Copies the conversation of an agent, as far as its turns have ended, into a new agent in the same worktree; what is said to one the other does not know.",
      example = "def other = yield ForkSession(helper, name: 'second opinion')")
  record ForkSession(
      @About("the agent") @Place(kept = false) AgentRef agentRef,
      @About("what the run calls the new agent; default: the agent's name with -fork")
          @Nullable String name)
      implements AgentEffect<AgentRef> {
    public ForkSession withName(String name) {
      return new ForkSession(agentRef, name);
    }
  }

  /** Reads what the run's agents have used. */
  @About(
      value =
          "Replies with what the agents of the run and of its child runs have used so far: tokens, cost where it is told, seconds, turns.",
      example = "def used = yield Usage()")
  record Usage() implements AgentEffect<AgentUsage> {}

  /** Ends an agent. */
  @About(
      value = "Stops an agent and every process it started.",
      example = "yield StopAgent(helper)")
  record StopAgent(@About("the agent") @Place(kept = true) AgentRef agentRef)
      implements AgentEffect<@Nullable Void> {}
}
