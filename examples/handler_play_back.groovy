/** A handler that answers for agents what was recorded: no agent runs, and none needs to be installed. */
@Param('the directory that handler_record.groovy wrote; none: the tape below') String replies = null

def tape = [('Say hello'.md5()): 'hello, from the tape']

def playing = { effect ->
  def key = effect.prompt.md5()
  return replies ? (yield Exec(command: ['cat', "$replies/${key}.txt"], check: true)).output : tape[key]
}

def env = yield CreateWorktree(name: 'play')
return handling(RunAgent: playing) { yield RunAgent(env: env, prompt: 'Say hello') }
