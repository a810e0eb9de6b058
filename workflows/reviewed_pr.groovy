/**
 * issue -> agent -> review -> pull request
 *
 * A second agent reviews the change; its verdict is structured, not a word in prose. What it objects to goes back to
 * the first one. When the last review still objects, the pull request is a draft that lists the objections.
 */
import conductor.flow.Prompts
import conductor.flow.Review

@Param('how often the change is reviewed') int max_reviews = 2

def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: Prompts.implement(issue))
def verdict = Review.untilApproved(env, issue, max_reviews)
def notes = verdict.approved ? ['approved in review'] : verdict.objections.collect { 'open: ' + it }
return yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue, notes), draft: !verdict.approved)
