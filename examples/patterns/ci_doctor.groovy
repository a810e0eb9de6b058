/** open pull requests -> those with red checks -> diagnosis -> repair, or a comment for people */
import conductor.flow.Follow
import conductor.flow.Prompts
import conductor.flow.Window

@Param('how many pull requests at once') int width = 2
@Param('how often an agent may repair one') int max_rounds = 2

def diagnosis = [
  type: 'object',
  properties: [cause: [enum: ['code', 'flaky', 'infrastructure']], why: [type: 'string']],
  required: ['cause', 'why'],
]

def results = Window.map(yield ListPRs(status: 'open'), width) { pull ->
  def checks = yield WaitForChecks(pull)
  if (checks.passed) {
    return [pull.number, 'healthy']
  }
  def env = yield CreateWorktree(name: "doctor-${pull.number}", base_branch: "origin/${pull.branch}")
  def found = yield RunAgent(env: env, name: "diagnose-${pull.number}", output_format: diagnosis,
      prompt: 'Say why these checks fail, and change nothing.\n\n' + Prompts.checks(checks))
  def healed = found.cause == 'code' && (yield Try { Follow.untilGreen(env, pull, max_rounds, pull.branch) }).ok()
  yield CommentPR(pull, "${healed ? 'Repaired' : 'Needs a person'}, ${found.cause}: ${found.why}")
  return [pull.number, healed ? 'repaired' : found.cause]
}
return results.collectEntries()
