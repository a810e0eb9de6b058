package conductor.effect;

/**
 * A reply that names something living outside the run. It counts by its identity wherever arguments
 * are compared or hashed.
 */
public interface Handle {

  /** What stays the same for as long as the thing exists. */
  String identity();
}
