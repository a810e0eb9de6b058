package conductor.handlers.agent.protocol;

/** Thrown when a program would ignore some of its equipment where it is to start. */
public final class Unequipped extends RuntimeException {

  public Unequipped(String message) {
    super(message);
  }
}
