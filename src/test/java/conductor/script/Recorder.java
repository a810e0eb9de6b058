package conductor.script;

import conductor.effect.CommandEffect;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.HandlerFailed;
import conductor.effect.Performer;
import conductor.effect.RunEffect;
import conductor.effect.Site;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers effects at once: {@code Get(key)} with the key as a number or text, {@code
 * CreateWorktree} with an env, {@code Exec} with a failure, {@code Gather} with the replies.
 */
public final class Recorder implements Performer {

  public final List<Effect<?>> effects = new ArrayList<>();
  public final List<Site> sites = new ArrayList<>();

  @Override
  public @Nullable Object perform(Effect<?> effect, Site site) {
    effects.add(effect);
    sites.add(site);
    return switch (effect) {
      case RunEffect.Get get -> value(get.key());
      case WorktreeEffect.CreateWorktree create -> env(create);
      case CommandEffect.Exec exec -> throw new HandlerFailed("Exec", exec.command().text());
      case Control.Gather gather -> gathered(gather);
      case Control.Handled handled -> run(handled.body());
      default -> null;
    };
  }

  private static Object value(String key) {
    return switch (key) {
      case "true" -> true;
      case "false" -> false;
      case "list" -> List.of(1, 2, 3);
      case "map" -> Map.of("k", "v");
      case "error" -> new IllegalStateException("thrown");
      default -> key.matches("\\d+") ? (Object) Integer.valueOf(key) : key;
    };
  }

  private static WorktreeEnv env(WorktreeEffect.CreateWorktree create) {
    return new WorktreeEnv(
        "env-1",
        Path.of("/tmp/env"),
        "conductor/" + create.name(),
        create.baseBranch(),
        null,
        "c0ffee",
        null,
        Path.of("/tmp/repo"),
        Instant.EPOCH,
        null,
        null);
  }

  private Object gathered(Control.Gather gather) {
    var replies = new ArrayList<@Nullable Object>();
    var named = new java.util.LinkedHashMap<String, @Nullable Object>();
    gather
        .branches()
        .forEach((key, body) -> {
          Object reply = run(body);
          replies.add(reply);
          named.put(key, reply);
        });
    return gather.named() ? named : replies;
  }

  private @Nullable Object run(conductor.effect.Body body) {
    return switch (body) {
      case conductor.effect.Body.Single(var effect) -> perform(effect, Site.HOST);
      case conductor.effect.Body.Block(var block) -> {
        try {
          yield block.call();
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
