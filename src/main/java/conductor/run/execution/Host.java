package conductor.run.execution;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentTypes;
import conductor.handlers.agent.ConfiguredEquipment;
import conductor.handlers.forge.project.ProjectForges;
import conductor.journal.Redactor;
import conductor.state.Locks;
import conductor.state.StateDirectory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The directories, configuration, locks and forges that all runs of one process share. */
record Host(
    Places places,
    Configuration configuration,
    InstantSource clock,
    RandomGenerator random,
    Locks locks,
    ProjectForges forges) {

  static Host of(
      Places places,
      Configuration configuration,
      Locks locks,
      InstantSource clock,
      RandomGenerator random) {
    var forges =
        new ProjectForges(
            places, configuration, locks, () -> secrets(places, configuration), clock);
    return new Host(places, configuration, clock, random, locks, forges);
  }

  private static Redactor secrets(Places places, Configuration configuration) {
    var named = new TreeSet<>(configuration.list("secrets"));
    named.addAll(ConfiguredEquipment.secrets(configuration));
    return Redactor.of(places.environment(), named);
  }

  /** Returns the redactor that replaces the environment's secrets in all that is written. */
  Redactor secrets() {
    return secrets(places, configuration);
  }

  StateDirectory state() {
    return places.state();
  }

  Map<String, String> environment() {
    return places.environment();
  }

  /** Returns what decides whether the project's own programs may run. */
  Trust trust() {
    return new Trust(places);
  }

  /** Returns the agents that a run can use; the usual type is for those without one. */
  AgentCatalog agents(Optional<String> usual) {
    return AgentTypes.of(configuration, places, usual);
  }
}
