package conductor.script;

import conductor.effect.Effect;
import conductor.effect.Performer;
import conductor.effect.vocabulary.Vocabulary;
import conductor.script.HandlerStack.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The effects that a workflow in Java knows: the built-in ones and those that Groovy files define.
 *
 * @param answers the handlers of own effects, by name
 * @param maker constructs an own effect from its name and its arguments in order
 * @param begin takes the performer of the effects that the handlers yield; called before anything
 *     runs
 * @param files where own effects are defined, by name
 * @param loaded the files that those files imported
 */
public record KnownEffects(
    Vocabulary vocabulary,
    Map<String, Answer> answers,
    BiFunction<String, @Nullable Object[], Effect<?>> maker,
    Consumer<Performer> begin,
    Map<String, Path> files,
    List<Path> loaded) {

  public static KnownEffects standard() {
    return new KnownEffects(
        Vocabulary.standard(),
        Map.of(),
        (name, _) -> {
          throw new IllegalStateException("no effect " + name);
        },
        _ -> {},
        Map.of(),
        List.of());
  }
}
