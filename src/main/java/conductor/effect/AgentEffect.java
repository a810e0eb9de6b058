package conductor.effect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coding agents and their conversations. */
public sealed interface AgentEffect<R extends @Nullable Object> extends Effect<R> {

  /** Runs an agent to the end of its turn. */
  @About(
      value =
          "Runs an agent in a worktree until it is done and replies with its text, or with a value that fits output_format.",
      example = "yield RunAgent(env: env, prompt: issue.body)")
  record RunAgent(
      @About("the worktree it works in") WorktreeEnv env,
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
      @About("the longest it may be silent; default: 10 min") @Nullable Duration idleTimeout)
      implements AgentEffect<@Nullable Object> {}

  /** Starts an agent and goes on. */
  @About(
      value = "Starts an agent in a worktree and does not wait.",
      example = "def helper = yield SpawnAgent(env: env, prompt: 'Write the docs')")
  record SpawnAgent(
      @About("the worktree it works in") WorktreeEnv env,
      @About("what it is asked to do") String prompt,
      @About("the agent's name in the configuration; default: the configured one") @Leading
          @Nullable String type,
      @About("what the run calls the agent; default: from the type and the position")
          @Nullable String name,
      @About("a profile of the configuration") @Nullable String profile,
      @About("the model, as the agent names it") @Nullable String model)
      implements AgentEffect<AgentRef> {}

  /** Says something to an agent. */
  @About(
      value =
          "Sends a message to an agent: delivered once and in order. An agent between turns goes on with its conversation.",
      example = "yield SendMessage(helper, 'Mention the flags too')")
  record SendMessage(
      @About("the agent") AgentRef agentRef,
      @About("what to say") String message,
      @About("wait until the turn it starts has ended; default: false") @Spelt("wait")
          @Nullable Boolean waitForTurn)
      implements AgentEffect<@Nullable Void> {}

  /** Waits until an agent gets somewhere. */
  @About(
      value =
          "Waits until an agent has a status. A terminal status that was not asked for is a failure.",
      example = "yield WaitForStatus(helper, 'done', timeout: '30m')")
  record WaitForStatus(
      @About("the agent") AgentRef agentRef,
      @About("one status, or several of which any will do") List<AgentStatus> status,
      @About("the longest to wait; default: without limit") @Nullable Duration timeout)
      implements AgentEffect<AgentStatus> {
    public WaitForStatus {
      status = List.copyOf(status);
    }
  }

  /** Reads what an agent said. */
  @About(
      value = "Replies with the last lines of an agent's output.",
      example = "def said = yield CaptureOutput(helper, lines: 20)")
  record CaptureOutput(
      @About("the agent") AgentRef agentRef,
      @About("how many lines; default: 500") @Nullable Integer lines)
      implements AgentEffect<String> {}

  /** Tells what agents have used. */
  @About(
      value =
          "Replies with what the agents of the run and of its child runs have used so far: tokens, cost where it is told, seconds, turns.",
      example = "def used = yield Usage()")
  record Usage() implements AgentEffect<AgentUsage> {}

  /** Ends an agent. */
  @About(
      value = "Stops an agent and every process it started.",
      example = "yield StopAgent(helper)")
  record StopAgent(@About("the agent") AgentRef agentRef) implements AgentEffect<@Nullable Void> {}
}
