package conductor.effect.vocabulary;

import conductor.effect.Effect;
import conductor.effect.Families;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects that scripts know, with their signatures. Immutable. The signature of a built-in
 * effect is read from its type when it is first asked for: a run uses few of them.
 */
public final class Vocabulary {

  private final Map<String, Word> effects;

  private Vocabulary(Map<String, Word> effects) {
    this.effects = effects;
  }

  /** An effect whose signature is made once; safe for use by several threads. */
  private static final class Word {

    private final Supplier<Signature> maker;
    private @Nullable Signature signature;

    Word(Supplier<Signature> maker) {
      this.maker = maker;
    }

    synchronized Signature signature() {
      Signature made = signature;
      if (made == null) {
        made = maker.get();
        signature = made;
      }
      return made;
    }
  }

  /** Returns the built-in effects, family by family; controls are not among them. */
  public static Vocabulary standard() {
    var effects = new LinkedHashMap<String, Word>();
    for (Class<?> family : Families.ofScripts()) {
      for (Class<?> type : family.getPermittedSubclasses()) {
        effects.put(type.getSimpleName(), new Word(() -> Signature.of(effect(type))));
      }
    }
    return new Vocabulary(effects);
  }

  /** Returns a vocabulary of these effects and more, which replace those of the same names. */
  public Vocabulary with(Collection<Signature> more) {
    var all = new LinkedHashMap<>(effects);
    more.forEach(signature -> all.put(signature.name(), new Word(() -> signature)));
    return new Vocabulary(all);
  }

  public static List<String> controls() {
    return List.of("Gather", "Race", "Spawn", "Wait", "Try");
  }

  /** Returns the names of effects and controls: what a script may construct. */
  public List<String> words() {
    return Stream.concat(names().stream(), controls().stream()).toList();
  }

  /** Returns whether a name is one of {@link #words}. */
  public boolean hasWord(String name) {
    return effects.containsKey(name) || controls().contains(name);
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Effect<?>> effect(Class<?> type) {
    return (Class<? extends Effect<?>>) type.asSubclass(Effect.class);
  }

  public Collection<String> names() {
    return Collections.unmodifiableSet(effects.keySet());
  }

  public Collection<Signature> signatures() {
    return effects.values().stream().map(Word::signature).toList();
  }

  /** Returns the signature of an effect; empty when there is none of that name. */
  public Optional<Signature> signature(String name) {
    return Optional.ofNullable(effects.get(name)).map(Word::signature);
  }
}
