/** Three reviewers look at a change at the same time; the majority decides. */
import conductor.flow.Quorum

def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: issue.body)
def review = Quorum.review(env, issue, 3)
return "${review.votes} of 3 approve"
