package conductor.run.execution;

/** A way to tell people of an event, which may take as long as it likes: an interrupt ends it. */
interface NotificationChannel {

  /** Returns the key of its setting. */
  String key();

  /**
   * Tells of an event.
   *
   * @throws RuntimeException when it cannot; its message says why
   */
  void tell(Notification notification) throws InterruptedException;
}
