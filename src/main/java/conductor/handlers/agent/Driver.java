package conductor.handlers.agent;

/**
 * Runs the turns of one conversation with the agent's program. {@link #run} is called by one thread
 * at a time; the other methods may be called by any thread.
 */
interface Driver {

  /**
   * Runs a turn to its end, or continues one that another process left, and returns how it ended.
   *
   * @throws InterruptedException when the host leaves; processes that were started continue
   */
  TurnEnd run(Turn turn, Progress progress) throws InterruptedException;

  /** Adds a message to the running turn, or returns false: it becomes a turn of its own then. */
  boolean steer(Turn message);

  /** Cancels the running turn, which then ends as cancelled. Its session stays. */
  void cancel() throws InterruptedException;

  /**
   * Cancels the running turn so that it can be continued later: {@link #run} throws an {@link
   * InterruptedException}.
   */
  void interrupt() throws InterruptedException;

  void end(String reason) throws InterruptedException;

  /** Lets a process end that waits for a further turn. */
  void closeIdle();

  /** Detaches from running processes, which continue. */
  void close();

  /** Receives the progress of a turn. */
  interface Progress {

    void boots();

    void works();

    /** Reports that the turn has not ended yet. May be called repeatedly. */
    void goesOn();

    /** Reports why the agent waits, to be shown, and whether it waits for a person. */
    void waits(String why, boolean person);
  }
}
