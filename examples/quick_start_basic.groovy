/** The basic workflow: a worktree, an agent, a pull request. */
def basic_pr(issue) {
  // Create isolated worktree for the issue
  def env = yield CreateWorktree(issue: issue)

  // Run agent to implement the issue
  yield RunAgent(env: env, prompt: issue.body)

  // Create PR with changes
  def pr = yield CreatePR(env: env, title: issue.title)
  return pr
}

return basic_pr(issue).title
