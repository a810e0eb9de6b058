package conductor.effect;

import java.util.Set;

/**
 * A reply that names something living outside the run. It counts by its identity wherever arguments
 * are compared or hashed.
 */
public interface Handle {

  /** Returns what stays the same for as long as the thing exists. */
  String identity();

  /** Returns the parts that are text for people, in which secrets are replaced; all others stay. */
  default Set<String> texts() {
    return Set.of();
  }
}
