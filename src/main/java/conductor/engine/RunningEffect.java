package conductor.engine;

/** The work of a handler on an effect, as the loop and the branches see it. */
interface RunningEffect {

  /** Interrupts the handler, which shall end what it started. */
  void cancel();

  /** Interrupts the handler, which shall leave what it started to be adopted later. */
  void suspend();

  void join() throws InterruptedException;

  boolean asksPerson();
}
