/**
 * NAME: an agent works on an issue, a command checks the result, a person decides.
 *
 * The first doc comment is the description that 'conductor template list' shows. Run it with
 *   conductor run NAME --issue issue.md --param 'check=sh test.sh'
 */

// A parameter without a default value is required; 'conductor run' checks names and types before anything starts.
@Param('a command that must pass; none checks nothing') String check = null
@Param('whether a person is asked before the pull request') boolean ask = false

// Each yield hands an effect to the engine. Its reply is written down: a run that is killed goes on from there.
def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: issue.body)

// Loops, conditions, methods and try/catch are plain Groovy.
if (check) {
  def result = yield Exec(command: check, env: env)
  if (!result.passed) {
    yield RunAgent(env: env, prompt: "'$check' fails, repair it:\n${result.output}")
    yield Exec(command: check, env: env, check: true) // fails the run when it still does not pass
  }
}

if (ask) {
  def answer = yield Ask(prompt: "Open a pull request for '${issue.title}'?", options: ['yes', 'no'])
  if (answer == 'no') {
    return 'kept in ' + env.branch
  }
}
return yield CreatePR(env: env, title: issue.title)
