package conductor.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How agents of a type are run.
 *
 * @param type the name scripts use
 * @param command the program and its arguments: it gets the prompt on standard input, answers on
 *     standard output, and works in the worktree
 * @param script the file that plays the agent; null for a program
 * @param env variables that are added
 * @param passEnv names of the host's variables that are handed on
 * @param timeout the longest a turn may take
 * @param idleTimeout the longest it may be silent
 */
public record AgentSettings(
    String type,
    List<String> command,
    @Nullable Path script,
    Map<String, String> env,
    List<String> passEnv,
    Duration timeout,
    Duration idleTimeout) {

  /** The longest a turn takes when nothing is set. */
  public static final Duration TIMEOUT = Duration.ofHours(1);

  /** The longest an agent is silent when nothing is set. */
  public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);

  public AgentSettings {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    passEnv = List.copyOf(passEnv);
  }
}
