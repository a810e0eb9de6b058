package conductor.script;

import conductor.effect.Entered;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person has a session forget. It is entered like code, so that a replay forgets the same at
 * the same place.
 */
public sealed interface Forgetting {

  /** The variables and methods of a name. */
  record Name(String name) implements Forgetting {
    @Override
    public Entered entered() {
      return new Entered("/drop " + name, null);
    }
  }

  /** All that was entered. */
  record All() implements Forgetting {
    @Override
    public Entered entered() {
      return new Entered("/reset", null);
    }
  }

  Entered entered();

  /** Returns what an entry has the session forget; empty for one that is code. */
  static Optional<Forgetting> of(Entered entered) {
    Matcher name = Pattern.compile("/drop (\\S+)").matcher(entered.text());
    if (entered.file() != null) {
      return Optional.empty();
    }
    return name.matches()
        ? Optional.of(new Name(name.group(1)))
        : Optional.of(entered.text()).filter("/reset"::equals).map(_ -> new All());
  }
}
