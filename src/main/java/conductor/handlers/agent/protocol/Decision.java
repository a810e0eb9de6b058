package conductor.handlers.agent.protocol;

/** The decision about an agent's permission request. */
public sealed interface Decision {

  /** Allows the request, this once. */
  record Allow() implements Decision {}

  /**
   * Denies the request.
   *
   * @param reason sent to the agent if the protocol supports that
   */
  record Deny(String reason) implements Decision {}
}
