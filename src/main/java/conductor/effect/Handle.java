package conductor.effect;

import java.util.Set;

/**
 * A reply that names something with a life of its own, such as a pull request, an agent or a task.
 * Only its identity counts where arguments are compared or hashed.
 */
public interface Handle {

  /** Returns a text that stays the same for as long as the named thing exists. */
  String identity();

  /**
   * Returns the names of the parts that are text for people, in which secrets are replaced; all
   * other parts stay.
   */
  default Set<String> texts() {
    return Set.of();
  }
}
