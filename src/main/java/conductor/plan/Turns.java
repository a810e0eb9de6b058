package conductor.plan;

import conductor.effect.AgentChoice;
import conductor.effect.AgentEffect;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.Effect;
import conductor.effect.WorktreeEffect;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentSettings;
import conductor.plan.Forecast.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts the turns of agents that a plan asks for: what is paid for. Turns that are asked for
 * again, because an answer does not fit or a run fails, come on top.
 *
 * @param catalog the agents of the project
 */
record Turns(AgentCatalog catalog) {

  /** Returns whether each agent that effects start is there, with its profile; each once. */
  List<Check> checks(List<? extends Effect<?>> effects) {
    return effects.stream()
        .flatMap(effect -> needed(effect).stream())
        .distinct()
        .map(this::check)
        .toList();
  }

  private Check check(AgentChoice who) {
    try {
      String type = catalog.settings(who).type();
      boolean usual = who.agent() == null && who.profile() == null;
      return new Check(
          "agent", true, who.with(usual ? type + " (default)" : type, null, null).toString());
    } catch (AgentFailure.AgentUnavailable e) {
      return new Check("agent", false, String.valueOf(e.getMessage()));
    }
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

  private Forecast.Turns one(AgentChoice who) {
    try {
      AgentSettings settings = catalog.settings(who);
      return new Forecast.Turns(settings.type(), who.profile(), settings.model(), 1);
    } catch (AgentFailure.AgentUnavailable e) {
      String type = Objects.requireNonNullElse(who.agent(), "default");
      return new Forecast.Turns(type, who.profile(), who.model(), 1);
    }
  }

  /** Returns the agent that an effect starts, or would start if branches conflict. */
  private static Optional<AgentChoice> needed(Effect<?> effect) {
    return effect instanceof WorktreeEffect.MergeBranches merge
            && merge.onConflict() == WorktreeEffect.OnConflict.AGENT
        ? Optional.of(Objects.requireNonNullElse(merge.agent(), AgentChoice.DEFAULT))
        : started(effect);
  }

  private static Optional<AgentChoice> started(Effect<?> effect) {
    return effect instanceof AgentEffect<?> agent ? started(agent) : Optional.empty();
  }

  private static Optional<AgentChoice> started(AgentEffect<?> effect) {
    return switch (effect) {
      case AgentEffect.RunAgent run -> Optional.of(run.who());
      case AgentEffect.SpawnAgent spawn -> Optional.of(spawn.who());
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.WaitForEvent _,
          AgentEffect.CaptureOutput _,
          AgentEffect.ReadSession _,
          AgentEffect.ForkSession _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          Optional.empty();
    };
  }
}
