package conductor.flow

/** A saga failed, and its steps were undone. Resuming the run tries nothing again: begin a new one. */
class SagaFailed extends RuntimeException {

  /** the steps that were undone, in this order */
  final List<String> undone

  /** the steps that could not be, each with the reason */
  final Map<String, String> kept

  SagaFailed(String reason, List<String> undone, Map<String, String> kept) {
    super(told(reason, undone, kept))
    this.undone = undone
    this.kept = kept
  }

  private static String told(String reason, List<String> undone, Map<String, String> kept) {
    def all = [reason, "undone: ${undone.join(', ') ?: 'nothing'}"] + kept.collect { name, why -> "NOT undone: $name: $why" }
    return all.join('; ')
  }
}
