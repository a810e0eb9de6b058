package conductor.run.execution;

import conductor.workflow.Scripts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to go on with in place of what it keeps.
 *
 * @param params values of parameters in place of the run's own; those that are not named stay
 */
public record Revision(Script script, Map<String, @Nullable Object> params) {

  public Revision {
    params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** The script that the run goes on with. */
  public sealed interface Script {

    /** The one that the run keeps. */
    record Kept() implements Script {}

    /** The run's own file as it is now. */
    record AsItIsNow() implements Script {}

    /** Another file. */
    record Given(Scripts.Edited edited) implements Script {}
  }
}
