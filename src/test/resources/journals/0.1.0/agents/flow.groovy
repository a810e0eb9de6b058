def env = yield CreateWorktree(name: 'work')
def said = yield RunAgent(env: env, prompt: 'first', name: 'author')
def agent = yield SpawnAgent(env: env, prompt: 'second', name: 'talker')
yield SendMessage(agent_ref: agent, message: 'third')
yield WaitForStatus(agent_ref: agent, status: 'done', timeout: '1m')
def out = yield CaptureOutput(agent_ref: agent, lines: 10)
def usage = yield Usage()
yield StopAgent(agent_ref: agent)
return [said, out.trim(), usage.turns()]
