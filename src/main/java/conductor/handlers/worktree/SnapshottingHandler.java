package conductor.handlers.worktree;

import conductor.effect.AgentRef;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.WorktreeEnv;
import conductor.effect.vocabulary.ActedOnWorktrees;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Key;
import conductor.engine.handler.Ongoing;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Wraps another handler and saves the files of each worktree that an effect touched, after the
 * effect succeeded or failed and before its reply is written.
 *
 * @param <E> the other handler's family
 */
public record SnapshottingHandler<E extends Effect<?>>(
    Handler<E> handler, WorktreeSnapshots trees, Worktrees worktrees) implements Handler<E> {

  @Override
  public E resolve(E effect) {
    return handler.resolve(effect);
  }

  @Override
  public void admit(E effect, Key key, Stream<Ongoing> others) {
    handler.admit(effect, key, others);
  }

  @Override
  public Act<?> act(E effect) {
    return keeping(effect, handler.act(effect));
  }

  private <T extends @Nullable Object> Act<T> keeping(E effect, Act<T> act) {
    return switch (act) {
      case Act.Repeatable<T>(var work) -> Act.repeatable(keeping(effect, work));
      case Act.Immediate<T> immediate -> immediate;
      case Act.Adoptable<T>(var work, var adopt, var abandon) ->
          Act.adoptable(keeping(effect, work), keeping(effect, adopt), abandon);
      case Act.Indeterminate<T>(var work) -> Act.indeterminate(keeping(effect, work));
    };
  }

  private <T extends @Nullable Object> Act.Work<T> keeping(E effect, Act.Work<T> work) {
    return call -> {
      T reply;
      try {
        reply = work.run(call);
      } catch (Failure failure) {
        keep(touched(effect, null), call);
        throw failure;
      }
      keep(touched(effect, reply), call);
      return reply;
    };
  }

  private void keep(List<WorktreeEnv> touched, Call call) throws InterruptedException {
    for (WorktreeEnv env : touched) {
      try {
        trees.keep(call.key(), env);
      } catch (Failure | UncheckedIOException e) {
        call.say(
            "the tree of %s is not kept, the run cannot be forked behind here: %s"
                .formatted(env.id(), e.getMessage()));
      }
    }
  }

  private List<WorktreeEnv> touched(Effect<?> effect, @Nullable Object reply) {
    Stream<WorktreeEnv> given = ActedOnWorktrees.kept(effect).stream().flatMap(this::at);
    Stream<WorktreeEnv> made = reply instanceof WorktreeEnv env ? Stream.of(env) : Stream.empty();
    return Stream.concat(given, made).toList();
  }

  private Stream<WorktreeEnv> at(Object place) {
    return switch (place) {
      case WorktreeEnv env -> Stream.of(env);
      case AgentRef agent ->
          worktrees.all().stream()
              .map(Worktrees.Made::env)
              .filter(env -> env.id().equals(agent.envId()));
      default -> throw new IllegalArgumentException("no place of a worktree: " + place);
    };
  }
}
