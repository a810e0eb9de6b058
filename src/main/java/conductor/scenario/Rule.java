package conductor.scenario;

import conductor.effect.vocabulary.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a scenario when a workflow asks for something.
 *
 * @param subject who it is about
 * @param match what must hold of the effect, by {@link Subject#parts}: a text that is the same (of
 *     a prompt or a question: that occurs in it), a pattern that is found in it, or for {@code nth}
 *     the number of the effect among those of which the rest holds, from 1
 * @param reaction what happens then
 * @param line where the rule stands, counted from 1
 */
public record Rule(Subject subject, Map<String, Object> match, Reaction reaction, int line) {

  /** Whom a rule is about, and by what its effects can be told apart. */
  public enum Subject {
    AGENT("agent", "name, agent, prompt, position, nth"),
    COMMAND("command", "command, dir, position, nth"),
    PERSON("person", "question, position, nth"),
    EFFECT("effect", "effect, position, nth");

    private final String word;
    private final String parts;

    Subject(String word, String parts) {
      this.word = word;
      this.parts = parts;
    }

    /** Returns the word by which test files say it. */
    public String word() {
      return word;
    }

    public List<String> parts() {
      return List.of(parts.split(", ", -1));
    }
  }

  /** Plays what happens. */
  public interface Reaction {

    /** Acts on a stage, and returns a value that counts as the reply where none was said. */
    @Nullable Object react(Stage stage);
  }

  /** The parts of which it is enough that the text occurs in them. */
  private static final List<String> LONG = List.of("prompt", "question");

  /** Throws an {@link IllegalArgumentException} for a part that there is not, or a bad value. */
  public Rule {
    match = new LinkedHashMap<>(match);
    match.forEach((part, wanted) -> check(subject, part, wanted));
  }

  private static void check(Subject subject, String part, Object wanted) {
    if (!subject.parts().contains(part)) {
      throw new IllegalArgumentException(
          "a rule for %s has no '%s'%s; it has %s"
              .formatted(
                  subject.word(),
                  part,
                  Nearest.hint(part, new TreeSet<>(subject.parts())),
                  String.join(", ", subject.parts())));
    }
    boolean fits =
        part.equals("nth")
            ? wanted instanceof Integer n && n > 0
            : wanted instanceof Pattern || wanted instanceof CharSequence;
    if (!fits) {
      throw new IllegalArgumentException(
          "'%s' of a rule for %s must be %s, found %s"
              .formatted(
                  part,
                  subject.word(),
                  part.equals("nth") ? "a number from 1" : "a text or a pattern such as ~/fix.*/",
                  wanted));
    }
  }

  /** Returns whether all holds of an effect but its number. */
  public boolean fits(Map<String, String> seen) {
    return match.entrySet().stream()
        .filter(part -> !part.getKey().equals("nth"))
        .allMatch(
            part -> fits(part.getKey(), part.getValue(), seen.getOrDefault(part.getKey(), "")));
  }

  private static boolean fits(String part, Object wanted, String found) {
    if (wanted instanceof Pattern pattern) {
      return pattern.matcher(found).find();
    }
    return LONG.contains(part)
        ? found.contains(wanted.toString())
        : found.equals(wanted.toString());
  }

  /** Returns whether the rule is for the n-th effect of which the rest holds. */
  public boolean isFor(int nth) {
    return !(match.get("nth") instanceof Integer wanted) || wanted == nth;
  }
}
