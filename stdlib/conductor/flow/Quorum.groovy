package conductor.flow

/** Asks several reviewers at once and goes by how many approve. */
class Quorum {

  /**
   * Has a change reviewed side by side. A reviewer that fails does not count as
   * long as the others decide; else those that failed are asked once more, and fail as any agent does.
   *
   * @param reviewers how many, or who: a list of agents, each as a role of {@link Roles}
   * @param needed how many must approve; default: more than half
   * @return {@code approved}, {@code votes} (how many approve), {@code needed}, all {@code objections}, and {@code
   *     verdicts}: for each reviewer its {@code name}, its {@code vote} ({@code approved}, {@code rejected} or {@code
   *     failed}) and the {@code reasons} of those that did not approve
   */
  static Map review(WorktreeEnv env, issue, reviewers, Integer needed = null) {
    def all = reviewers instanceof Number ? [null] * (reviewers as int) : reviewers as List
    def most = needed ?: all.size().intdiv(2) + 1
    if (most < 1 || most > all.size()) {
      throw new IllegalArgumentException("$most of ${all.size()} reviewers cannot approve")
    }
    def diff = yield Diff(env: env)
    def verdicts = yield Gather(all.withIndex(1).collect { given, n -> { -> tried(env, issue, diff, given, n) } })
    def failed = verdicts.findAll { it.vote == 'failed' }
    if (count(verdicts) < most && count(verdicts) + failed.size() >= most) {
      def again = failed*.name
      verdicts = yield Gather(verdicts.withIndex(1).collect { seen, n ->
        { -> seen.name in again ? asked(env, issue, diff, all[n - 1], n) : seen }
      })
    }
    def votes = count(verdicts)
    def objections = verdicts.findAll { it.vote == 'rejected' }*.reasons.flatten()
    return [approved: votes >= most, votes: votes, needed: most, objections: objections, verdicts: verdicts]
  }

  private static int count(List verdicts) {
    return verdicts.count { it.vote == 'approved' }
  }

  private static Map tried(WorktreeEnv env, issue, String diff, given, int n) {
    try {
      return asked(env, issue, diff, given, n)
    } catch (Failure e) {
      return [name: "reviewer-$n".toString(), vote: 'failed', reasons: [e.message]]
    }
  }

  private static Map asked(WorktreeEnv env, issue, String diff, given, int n) {
    def name = "reviewer-$n".toString()
    def who = Roles.parts(name, given)
    def type = who.agent
    def verdict = yield RunAgent(
        env: env, type: type, profile: who.profile, model: who.model,
        prompt: Prompts.review(issue, diff), output_format: Review.VERDICT, name: name, shared: true)
    return [name: name, vote: verdict.approved ? 'approved' : 'rejected', reasons: verdict.objections]
  }
}
