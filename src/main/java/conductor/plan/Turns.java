package conductor.plan;

import conductor.effect.AgentEffect;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.Effect;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.plan.Forecast.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the turns of agents that a plan asks for: what is paid for. Turns that are asked for
 * again, because an answer does not fit or a run fails, come on top.
 *
 * @param catalog the agents of the project
 */
record Turns(AgentCatalog catalog) {

  /**
   * An agent as a script names it.
   *
   * @param type null for the default one
   */
  private record Named(@Nullable String type, @Nullable String profile, @Nullable String model) {}

  /** Returns whether each agent that effects start is there, with its profile; each once. */
  List<Check> checks(List<? extends Effect<?>> effects) {
    return effects.stream()
        .flatMap(effect -> started(effect).stream())
        .distinct()
        .map(this::check)
        .toList();
  }

  private Check check(Named named) {
    try {
      String type = settings(named).type();
      return new Check(
          "agent",
          true,
          type
              + (named.type() == null && named.profile() == null ? " (default)" : "")
              + (named.profile() == null ? "" : ", profile " + named.profile()));
    } catch (AgentFailure.AgentUnavailable e) {
      return new Check("agent", false, String.valueOf(e.getMessage()));
    }
  }

  private AgentSettings settings(Named named) {
    String type = named.type() == null ? catalog.defaultType(named.profile()) : named.type();
    return catalog.settings(type, named.profile(), named.model());
  }

  /** Returns the turns of each agent and model, in the order in which the first is asked for. */
  List<Forecast.Turns> of(List<? extends Effect<?>> effects) {
    var counts = new LinkedHashMap<Forecast.Turns, Integer>();
    var spawned = new LinkedHashMap<String, Forecast.Turns>();
    for (Effect<?> effect : effects) {
      started(effect)
          .map(this::one)
          .ifPresent(turn -> {
            counts.merge(turn, 1, Integer::sum);
            if (effect instanceof AgentEffect.SpawnAgent spawn && spawn.name() != null) {
              spawned.put(spawn.name(), turn);
            }
          });
      if (effect instanceof AgentEffect.SendMessage message) {
        counts.merge(of(message.agentRef(), spawned), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream().map(turn -> turn.getKey().times(turn.getValue())).toList();
  }

  private static Forecast.Turns of(AgentRef agent, Map<String, Forecast.Turns> spawned) {
    return Objects.requireNonNullElseGet(
        spawned.get(agent.name()), () -> new Forecast.Turns(agent.agentType(), null, null, 1));
  }

  private Forecast.Turns one(Named named) {
    try {
      AgentSettings settings = settings(named);
      return new Forecast.Turns(settings.type(), named.profile(), settings.model(), 1);
    } catch (AgentFailure.AgentUnavailable e) {
      String type = Objects.requireNonNullElse(named.type(), "default");
      return new Forecast.Turns(type, named.profile(), named.model(), 1);
    }
  }

  private static Optional<Named> started(Effect<?> effect) {
    return effect instanceof AgentEffect<?> agent ? started(agent) : Optional.empty();
  }

  private static Optional<Named> started(AgentEffect<?> effect) {
    return switch (effect) {
      case AgentEffect.RunAgent run ->
          Optional.of(new Named(run.type(), run.profile(), run.model()));
      case AgentEffect.SpawnAgent spawn ->
          Optional.of(new Named(spawn.type(), spawn.profile(), spawn.model()));
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.CaptureOutput _,
          AgentEffect.ReadSession _,
          AgentEffect.ForkSession _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          Optional.empty();
    };
  }
}
