package conductor.handlers.agent;

import conductor.effect.AgentChoice;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent's name, settings and worktree, as {@code agent.json} in its directory keeps them.
 *
 * @param name null in the records of earlier versions
 * @param profile the profile, as older versions kept it; null beside {@code who}
 * @param model the model, as older versions kept it; null beside {@code who}
 * @param dir the directory of the worktree that it starts in; null for the top
 * @param shared whether other shared agents may work in the worktree at the same time; null means
 *     no
 * @param background whether it goes on while no effect waits for it; null means no
 * @param who the agent's type and settings; null in files of older versions
 * @param checkout whether it works in the user's own checkout; null means no
 */
record AgentSetup(
    int v,
    @Nullable String name,
    String type,
    @Nullable String envId,
    Path worktree,
    @Nullable String profile,
    @Nullable String model,
    @Nullable String dir,
    @Nullable Boolean shared,
    @Nullable Boolean background,
    @Nullable AgentChoice who,
    @Nullable Boolean checkout) {

  static final int FORMAT = 1;

  /** Returns the record in an agent's directory; empty when there is none. */
  static Optional<AgentSetup> in(Path directory) {
    return StateJson.find(directory.resolve("agent.json"), AgentSetup.class, FORMAT);
  }

  /** Returns the record of an agent that goes on with a copy of this one's conversation. */
  AgentSetup forked(String other) {
    return new AgentSetup(
        v, other, type, envId, worktree, profile, model, dir, shared, true, who, checkout);
  }

  AgentChoice choice() {
    return who == null ? AgentChoice.DEFAULT.with(type, profile, model) : who;
  }

  Workplace place() {
    return new Workplace(worktree, dir, isInCheckout());
  }

  boolean isInCheckout() {
    return Boolean.TRUE.equals(checkout);
  }

  boolean isShared() {
    return Boolean.TRUE.equals(shared);
  }

  boolean isBackground() {
    return Boolean.TRUE.equals(background);
  }
}
