package conductor.handlers.agent;

import conductor.effect.AgentEffect;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.Effect;
import conductor.engine.handler.Key;
import conductor.engine.handler.Ongoing;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an agent a worktree in which another agent of the run works, unless both are shared. An
 * agent works in its worktree while an effect waits for it, and one in the background until its
 * turns are over. What people send to an agent does not count.
 */
final class Writers {

  private final Conversations conversations;

  Writers(Conversations conversations) {
    this.conversations = conversations;
  }

  /**
   * An agent that works in a worktree.
   *
   * @param id of the agent, or the key of the effect that begins it
   * @param name supplies its name, which only a refusal needs
   */
  private record Writer(Object id, Supplier<String> name, Path worktree, boolean shared) {

    boolean excludes(Writer other) {
      return worktree.equals(other.worktree) && !id.equals(other.id) && !(shared && other.shared);
    }
  }

  /**
   * Refuses an effect by which an agent would work beside another one. One that has begun its turn
   * in an earlier process was let in there.
   *
   * @throws AgentFailure.WorktreeInUse when it is refused
   */
  void admit(AgentEffect<?> effect, Key key, Stream<Ongoing> others) {
    writer(effect, key)
        .ifPresent(asks ->
            Stream.concat(others.flatMap(this::writer), background(asks.worktree()))
                .filter(asks::excludes)
                .findFirst()
                .filter(_ -> !hasBegun(effect, asks.name().get(), key))
                .ifPresent(works -> {
                  throw new AgentFailure.WorktreeInUse(
                      asks.name().get(), works.name().get(), asks.worktree());
                }));
  }

  private Stream<Writer> writer(Ongoing ongoing) {
    return writer(ongoing.effect(), ongoing.key()).stream();
  }

  private Optional<Writer> writer(Effect<?> effect, Key key) {
    return switch (effect) {
      case AgentEffect.RunAgent run ->
          Optional.of(
              new Writer(
                  key,
                  () -> name(run.name(), run.type(), key),
                  run.env().path(),
                  Boolean.TRUE.equals(run.shared())));
      case AgentEffect.SpawnAgent spawn ->
          Optional.of(
              new Writer(
                  key,
                  () -> name(spawn.name(), spawn.type(), key),
                  spawn.env().path(),
                  Boolean.TRUE.equals(spawn.shared())));
      case AgentEffect.SendMessage send ->
          conversations
              .setup(send.agentRef())
              .map(agent -> writer(send.agentRef().id(), send.agentRef().name(), agent));
      default -> Optional.empty();
    };
  }

  private static Writer writer(String id, String name, AgentSetup agent) {
    return new Writer(id, () -> name, agent.worktree(), agent.isShared());
  }

  private Stream<Writer> background(Path worktree) {
    return conversations.working(worktree).stream()
        .map(agent -> {
          String name = Objects.requireNonNull(agent.name());
          return writer(conversations.id(name), name, agent);
        });
  }

  private boolean hasBegun(AgentEffect<?> effect, String agent, Key key) {
    return effect instanceof AgentEffect.SendMessage(AgentRef to, _, _, _)
        ? conversations.hasTurn(to, key)
        : conversations.hasBegun(agent, key);
  }

  /** Returns what the run calls an agent of a type, unless the script says. */
  static String name(@Nullable String given, @Nullable String type, Key key) {
    return given == null ? type + "-" + key.position().replaceAll("[^A-Za-z0-9]+", "-") : given;
  }
}
