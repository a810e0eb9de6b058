package conductor.effect.vocabulary;

import conductor.effect.Effect;
import conductor.effect.Families;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The effects that scripts know, with their signatures. Immutable. */
public final class Vocabulary {

  private final Map<String, Signature> signatures;

  private Vocabulary(Map<String, Signature> signatures) {
    this.signatures = signatures;
  }

  /** Returns the built-in effects, family by family; controls are not among them. */
  public static Vocabulary standard() {
    var signatures = new LinkedHashMap<String, Signature>();
    for (Class<?> family : Families.ofScripts()) {
      for (Class<?> type : family.getPermittedSubclasses()) {
        signatures.put(type.getSimpleName(), Signature.of(effect(type)));
      }
    }
    return new Vocabulary(signatures);
  }

  /** Returns a vocabulary of these effects and more, which replace those of the same names. */
  public Vocabulary with(Collection<Signature> more) {
    var all = new LinkedHashMap<>(signatures);
    more.forEach(signature -> all.put(signature.name(), signature));
    return new Vocabulary(all);
  }

  public static List<String> controls() {
    return List.of("Gather", "Race", "Spawn", "Wait", "Try");
  }

  /** Returns the names of effects and controls: what a script may construct. */
  public List<String> words() {
    return Stream.concat(names().stream(), controls().stream()).toList();
  }

  /** Returns the {@link #words} of {@link #standard}, without reading what each effect takes. */
  public static List<String> standardWords() {
    Stream<String> names =
        Families.ofScripts().stream()
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .map(Class::getSimpleName);
    return Stream.concat(names, controls().stream()).toList();
  }

  /** Returns whether a name is one of {@link #words}. */
  public boolean hasWord(String name) {
    return signatures.containsKey(name) || controls().contains(name);
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Effect<?>> effect(Class<?> type) {
    return (Class<? extends Effect<?>>) type.asSubclass(Effect.class);
  }

  public Collection<String> names() {
    return signatures.keySet();
  }

  public Collection<Signature> signatures() {
    return signatures.values();
  }

  /** Returns the signature of an effect; empty when there is none of that name. */
  public Optional<Signature> signature(String name) {
    return Optional.ofNullable(signatures.get(name));
  }
}
