/** Has one agent after the other do the same in one worktree. */
@Param('how many') int count = 1

def env = yield CreateWorktree(name: 'bench')
for (int n = 0; n < count; n++) {
  yield RunAgent(env: env, prompt: "Write the number $n.")
}
return env.path
