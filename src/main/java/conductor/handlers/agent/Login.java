package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a known program is logged in, as far as that can be told without asking its vendor: there
 * is a key in the environment that agents get, or a file that a login leaves. Neither says that the
 * key is a good one.
 */
public final class Login {

  private Login() {}

  /**
   * Returns where a login was found; empty when none was, or the program is not a known one.
   *
   * @param host the environment that agents see a part of
   */
  public static Optional<String> of(AgentSettings settings, Map<String, String> host) {
    Map<String, String> seen = AgentEnvironment.of(host, settings);
    return KnownAgents.named(settings.type()).flatMap(agent -> of(agent, seen));
  }

  private static Optional<String> of(KnownAgent agent, Map<String, String> seen) {
    return agent.keys().stream()
        .filter(name -> !seen.getOrDefault(name, "").isEmpty())
        .findFirst()
        .or(() ->
            Optional.of(Path.of(seen.getOrDefault("HOME", "/")).resolve(agent.loginFile()))
                .filter(Files::exists)
                .map(Path::toString));
  }
}
