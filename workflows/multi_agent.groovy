/**
 * issue -> parallel agents -> merge -> pull request
 *
 * One agent implements the issue while another writes its tests, each in a worktree of its own; their branches are
 * merged, and the resolver resolves conflicts. Then the tests are run, and an agent repairs what they find; without a test
 * command an agent looks the merged work over instead.
 */
import conductor.flow.FixLoop
import conductor.flow.Prompts
import conductor.flow.Roles
import conductor.flow.Tests
import conductor.flow.Work

@Param('the command that must pass after the merge, such as "mvn -q test"') String test_command = null
@Param('how often an agent may repair what the tests find') int max_rounds = 3
@Param('commands of directories, which test what changed in them in place of test_command') Map test_commands = [:]
@Param('what to start from: a branch, a tag or a commit; default: the default branch of the remote') String base = null
@Param('the whole name of the merged branch; default: a name of its own for each run') String branch = null
@Param('the branch that the pull request is proposed for; default: the one it started from') String target = null
@Param('what the pull request shows of the work: facts, which the host observed, or report, which adds what the run did as a comment') String evidence = 'facts'
@Param('who does what by role (writer, reviewer, tester, resolver, judge), each an agent or a map such as [agent: "codex", effort: "high"]') Map agents = [:]

Work.canShow(evidence)
Roles.tell(agents, ['writer', 'tester', 'resolver'])
def writer = Roles.of(agents, 'writer')
def tester = Roles.of(agents, 'tester')
def resolver = Roles.of(agents, 'resolver')
def (impl, tests) = yield Gather([
    CreateWorktree(issue: issue, base: base, suffix: 'impl'),
    CreateWorktree(issue: issue, base: base, suffix: 'tests'),
])
def checks = Tests.given(test_command, test_commands)
FixLoop.tried(impl, checks)

yield Status('two agents at work', issue.title)
yield Gather(
    impl: RunAgent(env: impl, agent: writer, prompt: Prompts.implement(issue), name: 'impl'),
    tests: RunAgent(env: tests, agent: tester, prompt: Prompts.tests(issue), name: 'tests'),
)

yield Status('merging', issue.title)
def merged = yield MergeBranches([impl, tests], on_conflict: 'agent', agent: resolver, branch: branch)
def notes = []
if (checks) {
  FixLoop.untilGreen(merged, checks, max_rounds, agents)
  notes += Tests.facts(merged, checks)
} else {
  yield RunAgent(env: merged, agent: writer, prompt: Prompts.integrate(issue), name: 'review')
}
notes += Work.done(merged, issue.title)
def pr = yield CreatePR(env: merged, title: issue.title, body: Prompts.description(issue, notes), target: target)
Work.show(pr, evidence)
return pr
