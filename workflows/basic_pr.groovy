/**
 * An agent works on the issue in a worktree of its own, then a pull request is opened.
 */
if (!binding.hasVariable('issue')) {
  throw new IllegalArgumentException('give the issue to work on: --issue FILE|ID')
}

def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: issue.body)
return yield CreatePR(env: env, title: issue.title)
