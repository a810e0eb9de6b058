package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.note;
import static conductor.cli.doctor.CheckResult.ok;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.effect.AgentFailure;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.handlers.agent.AgentVersion;
import conductor.handlers.agent.known.KnownAgents;
import conductor.handlers.forge.project.KnownForges;
import conductor.run.execution.Conductor;
import conductor.state.Locks;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks the configuration, its trust, the agents and their tokens. */
record AgentCheck(Places places) {

  List<CheckResult> all() throws InterruptedException {
    var found = new ArrayList<CheckResult>();
    Configuration configuration = Configuration.trusted(places, Map.of());
    List<String> files = Configuration.files(places).stream().map(Object::toString).toList();
    found.add(ok("config", files.isEmpty() ? "no file" : String.join(", ", files)));
    configuration.warnings().forEach(warning -> found.add(wrong("config", warning)));
    found.addAll(trust());
    found.addAll(agents(configuration));
    found.add(tokens());
    return found;
  }

  private List<CheckResult> trust() {
    var trust = new Trust(places);
    if (trust.brings().isEmpty()) {
      return List.of();
    }
    if (trust.given()) {
      return List.of(ok("trust", "the project's .conductor is trusted"));
    }
    String state = trust.changed() ? "changed since it was trusted" : "is not trusted";
    return List.of(
        note(
            "trust", "the project's .conductor " + state + "; look at it, then 'conductor trust'"));
  }

  private List<CheckResult> agents(Configuration configuration) throws InterruptedException {
    AgentCatalog agents =
        new Conductor(
                places, configuration, new Locks(), InstantSource.system(), new SecureRandom())
            .agents();
    var found = new ArrayList<CheckResult>();
    var types = new TreeSet<>(KnownAgents.names());
    types.addAll(agents.types());
    for (String type : types) {
      try {
        found.add(program(agents.settings(type)));
      } catch (AgentFailure e) {
        boolean wanted = agents.types().contains(type);
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        found.add(wanted ? wrong("agent", reason) : note("agent", reason));
      }
    }
    found.add(usual(agents));
    return found;
  }

  private CheckResult program(AgentSettings settings) throws InterruptedException {
    var version = new AgentVersion(settings, places.directory(), places.environment());
    Optional<String> told = version.toldIfKnown();
    String words = settings.type() + ": " + String.join(" ", settings.command());
    return told.flatMap(version::tooOld)
        .map(old -> wrong("agent", words + ": " + old))
        .orElseGet(() -> ok("agent", words + told.map(text -> ", " + text).orElse("")));
  }

  private static CheckResult usual(AgentCatalog agents) {
    try {
      String type = agents.defaultType();
      agents.settings(type);
      return ok("agent", "the default is " + type);
    } catch (AgentFailure e) {
      return wrong("agent", String.valueOf(e.getMessage()));
    }
  }

  /** Lists the tokens in the environment by name only, because their values are secret. */
  private CheckResult tokens() {
    List<String> set =
        Stream.concat(
                KnownAgents.all().stream().flatMap(agent -> agent.keys().stream().limit(1)),
                KnownForges.usualVariables().stream())
            .filter(name -> !places.environment().getOrDefault(name, "").isEmpty())
            .toList();
    return ok("tokens", set.isEmpty() ? "none in the environment" : String.join(", ", set));
  }
}
