package conductor.run.record;

import conductor.error.UserError;
import java.util.List;

/** The error for a name that matches no run, or more than one. */
public final class UnknownRun extends UserError {

  private static final int SHOWN = 10;

  /** The candidates are all runs or, when ambiguous, those that the prefix matches. */
  public UnknownRun(String given, List<String> candidates, boolean ambiguous) {
    super(
        Kind.REQUEST,
        (ambiguous ? "'" + given + "' names several runs:" : "no run is named '" + given + "'")
            + (candidates.isEmpty() ? "; there are no runs" : list(candidates, ambiguous)));
  }

  private static String list(List<String> candidates, boolean ambiguous) {
    String shown = String.join("\n  ", candidates.subList(0, Math.min(SHOWN, candidates.size())));
    String more =
        candidates.size() > SHOWN ? "\n  and " + (candidates.size() - SHOWN) + " more" : "";
    return (ambiguous ? "" : "; there are:") + "\n  " + shown + more;
  }
}
