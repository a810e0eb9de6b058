package conductor.handlers.agent;

/**
 * Runs the turns of one conversation with one kind of program. {@link #run} is called by one thread
 * at a time; the other methods by any.
 */
interface Driver {

  /**
   * Runs a turn to its end, or takes it up where another process left it.
   *
   * @throws InterruptedException when the host leaves: what was started goes on
   */
  TurnEnd run(Turn turn, Progress progress) throws InterruptedException;

  /**
   * Adds a message to the turn that is under way.
   *
   * @return whether that was done; else the message is a turn of its own
   */
  boolean steer(Turn message);

  /** Cancels the turn that is under way: it ends as cancelled, and its session stays. */
  void cancel() throws InterruptedException;

  /** Cancels the turn that is under way, to be gone on with later: {@link #run} is interrupted. */
  void interrupt() throws InterruptedException;

  /** Ends every process, for good. */
  void end(String reason) throws InterruptedException;

  /** Lets programs that wait for nothing end by themselves. */
  void rest();

  /** Lets go of what runs; it goes on. */
  void close();

  /** What a driver tells while a turn goes on. */
  interface Progress {

    /** The program has been started. */
    void boots();

    /** The agent works. */
    void works();

    /** What was begun has not ended: who takes it up has to wait. May be said again and again. */
    void goesOn();

    /**
     * The agent waits.
     *
     * @param why for people
     * @param person whether a person has to do something
     */
    void waits(String why, boolean person);
  }
}
