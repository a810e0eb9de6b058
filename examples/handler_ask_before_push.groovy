/** A handler that asks a person before every push, whoever pushes in its block. */
@Param('how long to wait for an answer') String patience = '1s'

def release(env) {
  yield WriteFile(env: env, path: 'VERSION', content: '1.0\n')
  yield Commit(env: env, message: 'Release 1.0')
  return yield Push(env: env)
}

def pushed = []
def asking = { effect, perform ->
  def branch = effect.env.branch.replaceAll(/-wf-.*/, '')
  def answer = yield Ask(prompt: "Push $branch?", options: ['yes', 'no'], default: 'no', timeout: patience)
  pushed << "$branch: $answer"
  return answer == 'yes' ? perform(effect) : 'not pushed'
}

def env = yield CreateWorktree(name: 'release')
def ref = handling(Push: asking) { release(env) }
return "$ref (${pushed.join(', ')})"
