package conductor.engine;

import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.effect.Site;
import conductor.effect.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Lets a test write a workflow as a lambda. */
final class Script {

  private final Performer performer;

  private Script(Performer performer) {
    this.performer = performer;
  }

  interface Text {
    @Nullable Object run(Script script) throws Exception;
  }

  static Program of(Text text) {
    return new Program() {
      @Override
      public @Nullable Object run(Performer performer) throws Exception {
        return text.run(new Script(performer));
      }

      @Override
      public String explain(Throwable error) {
        return error.getClass().getSimpleName() + ": " + error.getMessage();
      }
    };
  }

  @SuppressWarnings("unchecked")
  <R> R yield(Effect<R> effect) {
    return (R) performer.perform(effect, Site.HOST);
  }

  String did(String what) {
    return this.<String>yield(new World.Do(what));
  }

  @SuppressWarnings("unchecked")
  List<Object> gather(Callable<?>... blocks) {
    return (List<Object>)
        this.<Object>yield(new Control.Gather(Control.keyed(Arrays.asList(blocks)), false, true));
  }

  @SuppressWarnings("unchecked")
  List<Object> gatherAll(List<? extends Callable<?>> blocks) {
    return (List<Object>)
        this.<Object>yield(new Control.Gather(Control.keyed(blocks), false, false));
  }

  Object race(Map<String, Callable<?>> blocks) {
    return this.<Object>yield(new Control.Race(Control.keyed(new LinkedHashMap<>(blocks))));
  }

  Task spawn(Callable<?> block) {
    return this.<Task>yield(new Control.Spawn(new Body.Block(block)));
  }

  Object await(Task task) {
    return this.<Object>yield(new Control.Wait(task));
  }
}
