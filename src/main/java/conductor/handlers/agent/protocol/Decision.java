package conductor.handlers.agent.protocol;

/** What is said to an agent that asks for a permission. */
public sealed interface Decision {

  /** It may, this once. */
  record Allow() implements Decision {}

  /**
   * It may not.
   *
   * @param reason told to the agent where the protocol has room for it
   */
  record Deny(String reason) implements Decision {}
}
