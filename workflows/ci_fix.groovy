/**
 * pull request -> failed checks -> agent -> push, until green
 *
 * Works on a pull request that is there already, in a worktree that starts at its branch. Fails when checks still fail
 * after the last repair.
 */
import conductor.flow.Follow
import conductor.flow.Roles

@Param('the pull request: its number or url') String pr
@Param('how often an agent may repair what the checks find') int max_rounds = 3
@Param('who does what by role (writer, reviewer, tester, resolver, judge), each an agent or a map such as [agent: "codex", effort: "high"]') Map agents = [:]

Roles.tell(agents, ['writer'])
def pull = yield GetPR(pr)
def env = yield CreateWorktree(name: "ci-fix-${pull.number}", base_branch: "origin/${pull.branch}")
def checks = Follow.untilGreen(env, pull, max_rounds, pull.branch, agents)
return [pr: pull.url, passed: checks.passed, checks: checks.checks*.name]
