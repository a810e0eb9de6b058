package conductor.flow

/** Follows pull requests: what checks and reviewers say goes back to an agent. */
class Follow {

  /** What an agent answers to the comments of a review. */
  static final Map ANSWERS = [
    type: 'object',
    properties: [
      answers: [
        type: 'array',
        items: [
          type: 'object',
          properties: [id: [type: 'string'], answer: [type: 'string', description: 'what was done, or why nothing was']],
          required: ['id', 'answer'],
          additionalProperties: false,
        ],
      ],
    ],
    required: ['answers'],
    additionalProperties: false,
  ]

  /**
   * Waits for the checks of a pull request; as long as some fail, an agent repairs what they found.
   *
   * @param rounds how often it may
   * @param branch the pull request's branch, where it is not the worktree's
   * @param agents who does what, see {@link Roles}: the writer repairs
   * @return the checks that passed
   * @throws ChecksFailed when some still fail after the last repair
   */
  static Checks untilGreen(WorktreeEnv env, PRHandle pr, int rounds, String branch = null, Map agents = [:]) {
    def writer = Roles.of(agents, 'writer')
    for (int round = 1; ; round++) {
      yield Status("waiting for the checks of #${pr.number}", pr.url)
      def checks = yield WaitForChecks(pr: pr, check: round > rounds)
      if (checks.passed || over(checks.pr)) {
        return checks
      }
      yield Status("repairing what checks found, round $round of $rounds", checks.failed*.name.join(', '))
      yield RunAgent(env: env, agent: writer, prompt: Prompts.checks(checks), name: "checks-$round")
      publish(env, "Repair ${checks.failed*.name.join(', ')}", branch)
    }
  }

  /**
   * Follows a pull request until its checks pass and nobody asks for more: an agent repairs what checks found, and
   * deals with the comments of reviews, each of which is answered.
   *
   * @param rounds how often an agent may work on it, for checks and reviews together
   * @param branch the pull request's branch, where it is not the worktree's
   * @param agents who does what, see {@link Roles}: the writer repairs and answers
   * @return the pull request as it then is; open comments are left when the rounds are used up
   * @throws ChecksFailed when checks still fail then
   */
  static PRHandle untilAgreed(WorktreeEnv env, PRHandle pr, int rounds, String branch = null, Map agents = [:]) {
    def writer = Roles.of(agents, 'writer')
    int used = 0
    while (true) {
      yield Status("waiting for the checks of #${pr.number}", pr.url)
      def checks = yield WaitForChecks(pr: pr, check: used >= rounds)
      if (over(checks.pr)) {
        return checks.pr
      }
      if (!checks.passed) {
        used++
        yield Status("repairing what checks found, round $used of $rounds", checks.failed*.name.join(', '))
        yield RunAgent(env: env, agent: writer, prompt: Prompts.checks(checks), name: "follow-$used")
        publish(env, "Repair ${checks.failed*.name.join(', ')}", branch)
        continue
      }
      yield Status("waiting for a review of #${pr.number}", pr.url)
      def review = yield WaitForReview(pr)
      if (over(review.pr)) {
        return review.pr
      }
      if (review.comments.empty) {
        if (review.pr.head != checks.pr.head) {
          continue // somebody pushed meanwhile: its checks are waited for
        }
        return review.pr
      }
      if (used >= rounds) {
        yield Status("$rounds rounds are used up, ${review.comments.size()} comments are open", pr.url)
        return review.pr
      }
      used++
      answer(env, review, used, writer, branch)
    }
  }

  private static void answer(WorktreeEnv env, PRReview review, int round, Map writer, String branch) {
    yield Status("dealing with a review, round $round", "${review.comments.size()} comments")
    def reply = yield RunAgent(env: env, agent: writer, prompt: Prompts.comments(review), output_format: ANSWERS, name: "follow-$round")
    def head = publish(env, 'Deal with the review', branch)
    def answers = reply.answers.collectEntries { [it.id, it.answer] }
    review.comments.each { comment ->
      yield CommentPR(review.pr, answers[comment.id] ?: "Dealt with in $head.", reply_to: comment.id)
    }
  }

  /** Commits what an agent left, and pushes it; returns the commit. */
  private static String publish(WorktreeEnv env, String message, String branch) {
    Work.commit(env, message)
    yield Push(env: env, branch: branch)
    def evidence = yield Verify(env: env, clean: true, pushed: branch ? null : true)
    return evidence.head
  }

  private static boolean over(PRHandle pr) {
    pr.status.name() in ['MERGED', 'CLOSED']
  }
}
