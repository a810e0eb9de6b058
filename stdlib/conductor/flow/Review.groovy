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

  /** One review: a map with {@code approved} and {@code objections}. The agents are those of {@link Roles}. */
  static Map once(WorktreeEnv env, issue, String name = 'review', Map agents = [:]) {
    def reviewer = Roles.of(agents, 'reviewer')
    def diff = yield Diff(env: env)
    return yield RunAgent(env: env, agent: reviewer, prompt: Prompts.review(issue, diff), output_format: VERDICT, name: name)
  }

  /**
   * Reviews a change until it is approved; an agent deals with the objections in between.
   *
   * @param reviews how many reviews there are at most
   * @param agents who does what, see {@link Roles}: the reviewer reviews, the writer deals with objections
   * @return the last verdict
   */
  static Map untilApproved(WorktreeEnv env, issue, int reviews, Map agents = [:]) {
    def writer = Roles.of(agents, 'writer')
    for (int n = 1; ; n++) {
      yield Status("review $n of $reviews", issue.title)
      def verdict = once(env, issue, "review-$n", agents)
      if (verdict.approved || n >= reviews) {
        return verdict
      }
      yield RunAgent(env: env, agent: writer, prompt: Prompts.revise(issue, verdict.objections), name: "revise-$n")
    }
  }
}
