package conductor.effect;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failure of a {@code Gather(fail_fast: false)} of which some branches failed. */
public final class GatherFailed extends Failure {

  /** The values of the branches that succeeded, by branch key. */
  public final Map<String, @Nullable Object> replies;

  /** The failures, by branch key. */
  public final Map<String, Failure> failures;

  public GatherFailed(Map<String, @Nullable Object> replies, Map<String, Failure> failures) {
    super(
        failures.size()
            + " of "
            + (failures.size() + replies.size())
            + " branches failed: "
            + failures.entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage())
                .collect(Collectors.joining("; ")));
    this.replies = replies;
    this.failures = failures;
  }
}
