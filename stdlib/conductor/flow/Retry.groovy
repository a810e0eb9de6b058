package conductor.flow

/** Tries again what failed, after a while. */
class Retry {

  private static final List OPTIONS = ['times', 'first', 'factor', 'most', 'on']

  /**
   * Calls a closure until it does not fail. The waits are effects: they survive a restart.
   *
   * <p>Options: {@code times} it is called at most (5); {@code first}, the first wait ('1s'); {@code factor} by which
   * waits grow (2); {@code most}, the longest wait ('5m'); {@code on}, the types of failures that are worth it (all).
   *
   * @return what the closure gave
   * @throws Failure the last one, or the first of another type
   */
  static Object backingOff(Map options = [:], Closure work) {
    def unknown = options.keySet().find { !(it in OPTIONS) }
    if (unknown) {
      throw new IllegalArgumentException("backingOff has no option '$unknown'; it has ${OPTIONS.join(', ')}")
    }
    def types = options.on == null ? [Failure] : [options.on].flatten()
    def wait = Coercion.duration(options.first ?: '1s')
    def most = Coercion.duration(options.most ?: '5m')
    for (int n = 1; ; n++) {
      try {
        return work()
      } catch (Failure failure) {
        if (n >= (options.times ?: 5) || !types.any { it.isInstance(failure) }) {
          throw failure
        }
        def shortest = wait < most ? wait : most
        yield Sleep(shortest)
        wait = Duration.ofMillis((shortest.toMillis() * (options.factor ?: 2)) as long)
      }
    }
  }
}
