/** A handler that writes what agents reply to files, to be played back by handler_play_back.groovy. */
def env = yield CreateWorktree(name: 'record')

def recording = { effect, perform ->
  def reply = perform(effect)
  yield WriteFile(env: env, path: "replies/${effect.prompt.md5()}.txt", content: reply)
  return reply
}

handling(RunAgent: recording) {
  yield RunAgent(env: env, prompt: 'Say hello')
  yield RunAgent(env: env, prompt: 'Say goodbye')
}
return (yield Exec(command: 'grep -c . replies/*', env: env)).output.trim()
