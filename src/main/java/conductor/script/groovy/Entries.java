package conductor.script.groovy;

import conductor.effect.Entered;
import conductor.script.Frames;
import conductor.script.Pointer;
import conductor.script.ScriptErrors;

/** What is entered in a session, by names, with its texts, in which errors are shown. */
public final class Entries {

  private final Frames frames = new Frames();
  private final Sources sources = new Sources(frames);
  private String unit = "";
  private int count;

  public Frames frames() {
    return frames;
  }

  public Sources sources() {
    return sources;
  }

  /** Returns the name of what is entered next: its file's, else its number's. */
  public String next(Entered entered) {
    count++;
    unit = entered.file() == null ? "line-" + count : entered.file();
    return unit;
  }

  /** Tells an error to who entered it. */
  public String explain(Throwable error) {
    return error instanceof ScriptErrors errors
        ? Pointer.at(errors)
        : new Explanation(unit, sources, frames).pointing(error);
  }
}
