package conductor.flow

/** Has changes reviewed, with a verdict that is data. */
class Review {

  /** What a reviewer answers. */
  static final Map VERDICT = [
    type: 'object',
    properties: [
      approved: [type: 'boolean'],
      objections: [type: 'array', items: [type: 'string'], description: 'what must change; empty when approved'],
    ],
    required: ['approved', 'objections'],
    additionalProperties: false,
  ]

  /** One review: a map with {@code approved} and {@code objections}. */
  static Map once(WorktreeEnv env, issue, String name = 'review') {
    def diff = yield Diff(env: env)
    return yield RunAgent(env: env, prompt: Prompts.review(issue, diff), output_format: VERDICT, name: name)
  }

  /**
   * Reviews a change until it is approved; an agent deals with the objections in between.
   *
   * @param reviews how many reviews there are at most
   * @return the last verdict
   */
  static Map untilApproved(WorktreeEnv env, issue, int reviews) {
    for (int n = 1; ; n++) {
      yield Status("review $n of $reviews", issue.title)
      def verdict = once(env, issue, "review-$n")
      if (verdict.approved || n >= reviews) {
        return verdict
      }
      yield RunAgent(env: env, prompt: Prompts.revise(issue, verdict.objections), name: "revise-$n")
    }
  }
}
