package conductor.flow

/** Steps that are all done, or undone again: each comes with what takes it back. */
class Saga {

  private final List<Map> done = []

  /**
   * Runs steps. When something in the block fails, the steps that were done are undone, the last one first; a step that
   * cannot be undone does not keep the others. A run that is stopped meanwhile undoes them too, within the half minute
   * that it has for that.
   *
   * @param steps gets the saga, and calls {@link #step} on it
   * @return what the block returns
   * @throws SagaFailed when something failed
   */
  static Object run(Closure steps) {
    def saga = new Saga()
    def over = false
    try {
      def result = steps(saga)
      over = true
      return result
    } catch (Exception failure) {
      over = true
      throw saga.failed(failure)
    } finally {
      if (!over) {
        saga.undo()
      }
    }
  }

  /**
   * Does a step.
   *
   * @param undo takes it back, and gets what the work gave. It is not called for work that failed, but is where nobody
   *     knows whether it was done, with null: a command that died with its host
   * @return what the work gave
   */
  Object step(String name, Closure work, Closure undo = {}) {
    yield Status(name)
    try {
      def made = work()
      done.push([name: name, made: made, undo: undo])
      return made
    } catch (Indeterminate unknown) {
      done.push([name: name, made: null, undo: undo])
      throw unknown
    }
  }

  private SagaFailed failed(Exception failure) {
    def steps = done*.name
    def kept = undo()
    return new SagaFailed(failure.message, steps - kept.keySet(), kept)
  }

  /** Undoes what was done; returns why which steps could not be. */
  private Map<String, String> undo() {
    def kept = [:]
    while (done) {
      def step = done.pop()
      try {
        yield Status("undoing: $step.name")
        step.undo(step.made)
      } catch (Exception failure) {
        kept[step.name] = failure.message
      }
    }
    return kept
  }
}
