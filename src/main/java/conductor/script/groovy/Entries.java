package conductor.script.groovy;

import conductor.effect.Entered;
import conductor.script.Pointer;
import conductor.script.ScriptErrors;

/** The entries of one session: names each, keeps their texts, and explains errors with them. */
public final class Entries {

  private final Sources sources = new Sources();
  private String unit = "";
  private int count;

  public Sources sources() {
    return sources;
  }

  /**
   * Returns the name of the next entry, and has errors from now on refer to it: the name of its
   * file, else {@code line-} and its number.
   */
  public String next(Entered entered) {
    count++;
    unit = entered.file() == null ? "line-" + count : entered.file();
    return unit;
  }

  /**
   * Returns an error's message for the person: for a compile error the findings with a mark each,
   * else the place in the scripts and the calls that led there.
   */
  public String explain(Throwable error) {
    return error instanceof ScriptErrors errors
        ? Pointer.at(errors)
        : new Explanation(unit, sources).pointing(error);
  }
}
