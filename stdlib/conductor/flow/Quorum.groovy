package conductor.flow

/** Asks several reviewers at once and goes by the majority. */
class Quorum {

  /**
   * Has a change reviewed side by side.
   *
   * @param reviewers how many, or the agent types to ask
   * @return {@code approved} by more than half, {@code votes}, and all {@code objections}
   */
  static Map review(WorktreeEnv env, issue, reviewers) {
    def types = reviewers instanceof Number ? [null] * (reviewers as int) : reviewers as List
    def diff = yield Diff(env: env)
    def verdicts = yield Gather(types.withIndex(1).collect { type, n ->
      RunAgent(env: env, type: type, prompt: Prompts.review(issue, diff), output_format: Review.VERDICT, name: "reviewer-$n")
    })
    def votes = verdicts.count { it.approved }
    return [approved: votes * 2 > verdicts.size(), votes: votes, objections: verdicts*.objections.flatten()]
  }
}
