package conductor.engine;

import conductor.effect.Effect;
import conductor.effect.GitFailure;
import conductor.effect.HandlerFailed;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Key;
import conductor.journal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * A world in which acts leave something that can be found by their key, and that outlives the
 * processes that act on it.
 */
public final class World implements Handler<World.Deed<?>> {

  public sealed interface Deed<R> extends Effect<R> {}

  /** Does a thing once; replies with what was done. */
  public record Do(String what) implements Deed<String> {}

  /** Looks; may happen any number of times. */
  public record Look(String at) implements Deed<Integer> {}

  /** An act of two steps. */
  public record Twice(String what) implements Deed<String> {}

  /** Comes back when something else was done. */
  public record After(String what) implements Deed<String> {}

  /** Never comes back by itself, until it is let go. */
  public record Hang(String what) implements Deed<String> {}

  /** Done by nobody knows whom. */
  public record Blind(String what) implements Deed<String> {}

  /** What was done, by key. */
  final Map<String, String> done = new ConcurrentHashMap<>();

  /** Each time something was done. */
  final List<String> log = new CopyOnWriteArrayList<>();

  /** What fails. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** What is killed so often: the last time when it was done, before that when it was not. */
  final Map<String, Integer> killed = new ConcurrentHashMap<>();

  final Set<String> hanging = ConcurrentHashMap.newKeySet();
  final CountDownLatch hung = new CountDownLatch(1);
  private final Set<String> letGo = ConcurrentHashMap.newKeySet();
  private final RandomGenerator random;

  World() {
    this(RandomGenerator.of("L64X128MixRandom"));
  }

  /** A world whose acts take random times. */
  World(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The world as it is when a crash came after these entries: nothing was done without an intent.
   */
  World afterCrash(List<Entry> entries) {
    var world = new World(random);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked) {
        String key =
            new Key("wf-000001", asked.epoch(), asked.position().text(), asked.hash()).toString();
        String found = done.get(key);
        boolean replied =
            entries.stream()
                .anyMatch(other ->
                    other instanceof Entry.Replied reply
                        && reply.position().equals(asked.position()));
        if (found != null && (replied || random.nextBoolean())) {
          world.done.put(key, found);
          world.log.add(found.toLowerCase(Locale.ROOT));
        }
      }
    }
    return world;
  }

  @Override
  public Act<?> act(Deed<?> deed) {
    return switch (deed) {
      case Do(var what) -> adoptable(what);
      case Look(var at) -> Act.repeatable(call -> at.length());
      case Twice(var what) ->
          Act.repeatable(call ->
              call.step("first", adoptable(what + "1"))
                  + call.step("second", adoptable(what + "2")));
      case After(var what) -> Act.repeatable(call -> after(what));
      case Hang(var what) ->
          Act.adoptable(
              call -> hang(what),
              call -> {
                call.stillRunning();
                return hang(what);
              },
              call -> {
                hanging.remove(what);
                return null;
              });
      case Blind(var what) -> Act.indeterminate(call -> perform(what, call));
    };
  }

  private Act<String> adoptable(String what) {
    return Act.adoptable(
        call -> perform(what, call),
        call -> {
          String found = done.get(call.key().toString());
          return found == null ? perform(what, call) : found;
        });
  }

  private String perform(String what, Call call) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(random.nextLong(50_000)));
    if (broken.contains(what)) {
      throw new HandlerFailed(what, "it is broken");
    }
    if (killed.merge(what, -1, Integer::sum) > 0) {
      throw new GitFailure.GitKilled(what, 137);
    }
    String already = done.put(call.key().toString(), what.toUpperCase(Locale.ROOT));
    if (already != null) {
      throw new AssertionError(call.key() + " was done twice");
    }
    log.add(what);
    if (killed.getOrDefault(what, -1) == 0) {
      throw new GitFailure.GitKilled(what, 137);
    }
    return what.toUpperCase(Locale.ROOT);
  }

  /** What hangs under this name comes back at once from now on. */
  void letGo(String what) {
    letGo.add(what);
  }

  private String after(String what) throws InterruptedException {
    while (!log.contains(what)) {
      Thread.sleep(1);
    }
    return what;
  }

  private String hang(String what) throws InterruptedException {
    if (letGo.contains(what)) {
      return what.toUpperCase(Locale.ROOT);
    }
    hanging.add(what);
    hung.countDown();
    try {
      new CountDownLatch(1).await();
      return what;
    } finally {
      hanging.remove(what);
    }
  }
}
