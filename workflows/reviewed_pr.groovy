/**
 * issue -> agent -> review -> pull request
 *
 * A second agent reviews the change; its verdict is structured, not a word in prose. What it objects to goes back to
 * the first one. When the last review still objects, the pull request is a draft that lists the objections.
 * With follow, what checks and reviewers of the pull request say goes back to the agent.
 */
import conductor.flow.Follow
import conductor.flow.Prompts
import conductor.flow.Review
import conductor.flow.Roles
import conductor.flow.Work

@Param('how often the change is reviewed') int max_reviews = 2
@Param('what to start from: a branch, a tag or a commit; default: the default branch of the remote') String base = null
@Param('the whole name of the new branch; default: a name of its own for each run') String branch = null
@Param('the branch that the pull request is proposed for; default: the one it started from') String target = null
@Param('go on after the pull request is open: failed checks and review comments go back to the agent') boolean follow = false
@Param('how often an agent may work on the open pull request') int max_rounds = 3
@Param('what the pull request shows of the work: facts, which the host observed, or report, which adds what the run did as a comment') String evidence = 'facts'
@Param('who does what by role (writer, reviewer, tester, resolver, judge), each an agent or a map such as [agent: "codex", effort: "high"]') Map agents = [:]

Work.canShow(evidence)
Roles.tell(agents, ['writer', 'reviewer'])
def writer = Roles.of(agents, 'writer')
def env = yield CreateWorktree(issue: issue, base: base, branch: branch)
yield RunAgent(env: env, agent: writer, prompt: Prompts.implement(issue))
def verdict = Review.untilApproved(env, issue, max_reviews, agents)
def notes = verdict.approved ? ['approved in review'] : verdict.objections.collect { 'open: ' + it }
notes += Work.done(env, issue.title)
def pr = yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue, notes), target: target, draft: !verdict.approved)
Work.show(pr, evidence)
return follow ? Follow.untilAgreed(env, pr, max_rounds, null, agents) : pr
