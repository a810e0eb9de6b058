/** Runs effects in a worktree; the tree that each leaves is kept. */
@Param('how many') int count = 1
@Param('whether each changes a file') boolean changes = false

def env = yield CreateWorktree(name: 'bench')
for (int n = 0; n < count; n++) {
  if (changes) {
    yield WriteFile(env: env, path: 'd3/changed.txt', content: "$n\n")
  } else {
    yield Exec('true', env: env)
  }
}
return env.path
