package conductor.script.groovy;

import conductor.effect.Entered;
import conductor.script.Pointer;
import conductor.script.ScriptErrors;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The entries of one session: names each, keeps their texts, and explains errors with them. */
public final class Entries {

  private final Sources sources = new Sources();
  private final List<Entered> all = new CopyOnWriteArrayList<>();
  private String unit = "";

  public Sources sources() {
    return sources;
  }

  /**
   * Returns the name of the next entry, and has errors from now on refer to it: the name of its
   * file, else {@code line-} and its number.
   */
  public String next(Entered entered) {
    all.add(entered);
    unit = entered.file() == null ? "line-" + all.size() : entered.file();
    return unit;
  }

  public List<Entered> all() {
    return List.copyOf(all);
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
