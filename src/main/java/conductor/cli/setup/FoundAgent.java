package conductor.cli.setup;

import conductor.effect.AgentFailure;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.handlers.agent.AgentVersion;
import conductor.handlers.agent.Login;
import conductor.handlers.agent.known.KnownAgents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A known agent whose program is there.
 *
 * @param version what the program says of itself; empty when it does not
 * @param login where a login was found; empty when none was
 */
record FoundAgent(String type, Optional<String> version, Optional<String> login) {

  /**
   * Asks the known programs that are there for their versions; those that are too old are left out.
   */
  static List<FoundAgent> all(AgentCatalog agents, Path directory, Map<String, String> environment)
      throws InterruptedException {
    var found = new ArrayList<FoundAgent>();
    for (String type : KnownAgents.names()) {
      of(agents, type, directory, environment).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<FoundAgent> of(
      AgentCatalog agents, String type, Path directory, Map<String, String> environment)
      throws InterruptedException {
    AgentSettings settings;
    try {
      settings = agents.settings(type);
    } catch (AgentFailure e) {
      return Optional.empty();
    }
    var asked = new AgentVersion(settings, directory, environment);
    Optional<String> version = asked.toldIfKnown();
    return version.flatMap(asked::tooOld).isPresent()
        ? Optional.empty()
        : Optional.of(new FoundAgent(type, version, Login.of(settings, environment)));
  }

  String named() {
    return type
        + version.map(text -> " " + text).orElse("")
        + login.map(_ -> " (logged in)").orElse(" (no login found)");
  }
}
