package conductor.flow

/** Several attempts at one issue, of which the best is taken. */
class BestOf {

  /** What a judge of so many attempts answers. */
  static Map choice(int attempts) {
    [
      type: 'object',
      properties: [
        best: [type: 'integer', minimum: 1, maximum: attempts, description: 'the number of the best attempt'],
        why: [type: 'string'],
      ],
      required: ['best', 'why'],
      additionalProperties: false,
    ]
  }

  /**
   * Has agents work on one issue side by side, each in a worktree of its own, and runs a command on what each made. An
   * agent that fails, or changes nothing, does not keep the others.
   *
   * @param agents how many, or who: a list of agents as RunAgent's {@code agent} takes them, one attempt each
   * @return the worktrees on which the command passed; empty when it did on none
   */
  static List<WorktreeEnv> attempts(issue, agents, String command) {
    def all = agents instanceof Number ? [null] * (agents as int) : agents as List
    def envs = yield Gather((1..all.size()).collect { CreateWorktree(issue: issue, suffix: "attempt-$it") })
    def passed = yield Gather([envs, all].transpose().withIndex(1).collect { pair, n ->
      { ->
        def (env, who) = pair
        def tried = yield Try {
          yield RunAgent(env: env, agent: who, prompt: Prompts.implement(issue), name: "attempt-$n")
          Work.done(env, issue.title)
          yield Exec(command: command, env: env, check: true)
        }
        tried.ok()
      }
    })
    return [envs, passed].transpose().findAll { it[1] }*.first()
  }

  /**
   * Has an agent compare what was made in several worktrees and choose; of one no judge is asked.
   *
   * @param agents who does what, see {@link Roles}: the judge chooses
   * @return a map with the {@code env} that is best and {@code why}
   * @throws IllegalArgumentException when there is none to choose from
   */
  static Map judged(issue, List<WorktreeEnv> envs, Map agents = [:]) {
    if (!envs) {
      throw new IllegalArgumentException("no attempt at '${issue.title}' is left to choose from")
    }
    if (envs.size() == 1) {
      return [env: envs.first(), why: 'the only one that passed']
    }
    def diffs = yield Gather(envs.collect { Diff(env: it) })
    def chosen = yield RunAgent(
        env: envs.first(), agent: Roles.of(agents, 'judge'),
        prompt: Prompts.choose(issue, diffs), output_format: choice(envs.size()), name: 'judge')
    return [env: envs[chosen.best - 1], why: chosen.why]
  }
}
