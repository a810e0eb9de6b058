package conductor.flow

/** Asks several reviewers at once and goes by how many approve. */
class Quorum {

  /**
   * Has a change reviewed side by side. A reviewer that fails does not count as
   * long as the others decide; else those that failed are asked once more, and fail as any agent does. Where
   * as many approve as reject and more than half must approve, the judge has one more vote, if one is named.
   *
   * @param reviewers how many, or who: a list of agents, each as a role of {@link Roles}
   * @param needed how many must approve; default: more than half
   * @param agents who does what, see {@link Roles}: the judge decides when the reviewers are divided
   * @return {@code approved}, {@code votes} (how many approve), {@code needed}, all {@code objections}, and {@code
   *     verdicts}: for each reviewer its {@code name}, its {@code vote} ({@code approved}, {@code rejected} or {@code
   *     failed}) and the {@code reasons} of those that did not approve
   */
  static Map review(WorktreeEnv env, issue, reviewers, Integer needed = null, Map agents = [:]) {
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
    if (!needed && agents?.get('judge') && count(verdicts) == verdicts.count { it.vote == 'rejected' }) {
      verdicts += decided(env, issue, diff, verdicts, Roles.of(agents, 'judge'))
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
    def verdict = yield RunAgent(
        env: env, agent: given, prompt: Prompts.review(issue, diff), output_format: Review.VERDICT, name: name,
        shared: true)
    return voted(name, verdict)
  }

  private static Map decided(WorktreeEnv env, issue, String diff, List verdicts, Map judge) {
    yield Status('the reviewers are divided: the judge decides', issue.title)
    def verdict = yield RunAgent(
        env: env, agent: judge, prompt: Prompts.decide(issue, diff, verdicts*.reasons.flatten()),
        output_format: Review.VERDICT, name: 'judge')
    return voted('judge', verdict)
  }

  private static Map voted(String name, verdict) {
    return [name: name, vote: verdict.approved ? 'approved' : 'rejected', reasons: verdict.objections]
  }
}
