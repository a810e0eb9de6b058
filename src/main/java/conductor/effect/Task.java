package conductor.effect;

/**
 * A branch that {@code Spawn} started.
 *
 * @param id the position of the {@code Spawn}
 */
public record Task(String id) implements Handle {

  @Override
  public String identity() {
    return id;
  }
}
