/** The multi-agent workflow: parallel worktrees, parallel agents, a merge, a review. */
def multi_agent_pr(issue) {
  // Create parallel worktrees
  def (impl_env, test_env) = yield Gather([
      CreateWorktree(issue: issue, suffix: 'impl'),
      CreateWorktree(issue: issue, suffix: 'tests'),
  ])

  // Run agents in parallel
  yield Gather([
      RunAgent(env: impl_env, prompt: issue.body),
      RunAgent(env: test_env, prompt: "Write tests for: ${issue.body}"),
  ])

  // Merge branches
  def merged_env = yield MergeBranches([impl_env, test_env])

  // Review and create PR
  yield RunAgent(env: merged_env, prompt: 'Review and create PR')
  return merged_env
}

def merged = multi_agent_pr(issue)
return (yield Exec(command: 'git ls-files', env: merged)).output.trim()
