package conductor.effect;

/** What an agent is doing, as told by protocol events and process liveness. */
public enum AgentStatus {
  PENDING,
  BOOTING,
  RUNNING,
  BLOCKED,
  DONE,
  ERROR,
  ABORTED;

  /** Returns whether nothing comes after it, but for a follow-up message. */
  public boolean terminal() {
    return this == DONE || this == ERROR || this == ABORTED;
  }
}
