/** Starts an agent without waiting, talks to it, and reads what it said. */
def env = yield CreateWorktree(name: 'talk')
def agent = yield SpawnAgent(env: env, prompt: 'first', name: 'talker')
yield SendMessage(agent_ref: agent, message: 'second')
yield WaitForStatus(agent_ref: agent, status: 'done', timeout: '1m')
def said = yield CaptureOutput(agent_ref: agent, lines: 10)
yield StopAgent(agent_ref: agent)
return said.trim()
