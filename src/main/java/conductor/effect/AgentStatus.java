package conductor.effect;

/** The state of an agent, according to protocol events and whether its process lives. */
public enum AgentStatus {
  PENDING,
  BOOTING,
  RUNNING,
  BLOCKED,
  DONE,
  ERROR,
  ABORTED;

  /** Returns whether the agent leaves this status only for a follow-up message. */
  public boolean terminal() {
    return this == DONE || this == ERROR || this == ABORTED;
  }
}
