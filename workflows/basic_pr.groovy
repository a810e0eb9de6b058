/**
 * issue -> agent -> pull request
 *
 * An agent works on the issue in a worktree of its own, then a pull request is opened.
 */
import conductor.flow.Prompts

def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: Prompts.implement(issue))
return yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue))
