package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether a known program is logged in, without asking its vendor: whether there is an API
 * key in the environment that agents get, or a file that a login leaves. Does not check that the
 * key is valid.
 */
public final class Login {

  private Login() {}

  /** Returns the variable or file of a login, from the part of the environment agents get. */
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
