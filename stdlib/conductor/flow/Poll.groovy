package conductor.flow

/** Looks again and again until something has come about. */
class Poll {

  private static final List OPTIONS = ['every', 'timeout']

  /**
   * Calls a closure until what it gives is true in Groovy's sense: not null, false, empty or 0.
   *
   * <p>Options: {@code every}, the wait between two looks ('30s'); {@code timeout}, how long is looked ('1h'). Both the
   * waits and the deadline survive a restart; after the deadline is looked once more, so that what came about while
   * nothing ran is seen.
   *
   * @return what the closure gave last
   * @throws PollTimeout when there is still nothing at the end
   */
  static Object until(Map options = [:], Closure look) {
    def unknown = options.keySet().find { !(it in OPTIONS) }
    if (unknown) {
      throw new IllegalArgumentException("until has no option '$unknown'; it has ${OPTIONS.join(', ')}")
    }
    def every = Coercion.duration(options.every ?: '30s')
    def timeout = Coercion.duration(options.timeout ?: '1h')
    def deadline = (yield Now()) + timeout
    for (int looks = 1; ; looks++) {
      def now = yield Now()
      def seen = look()
      if (seen) {
        return seen
      }
      if (now >= deadline) {
        throw new PollTimeout(timeout, looks)
      }
      def left = Duration.between(now, deadline)
      yield Sleep(every < left ? every : left)
    }
  }
}
