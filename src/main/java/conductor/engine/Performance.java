package conductor.engine;

/** A handler at work on an effect, as who waits for the effect sees it. */
interface Performance {

  /** The branch was cancelled: what was started shall be ended. */
  void cancel();

  /** The host leaves: what was started shall go on. */
  void suspend();

  /** Waits until the handler has let go. */
  void join() throws InterruptedException;

  /** Returns whether it waits for a person. */
  boolean asksPerson();
}
