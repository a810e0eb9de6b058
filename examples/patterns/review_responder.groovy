/** a pull request in review -> comments and failed checks -> agent -> push and answers, until approved */
import conductor.flow.Follow

@Param('the pull request: its number or url') String pr
@Param('how often an agent may work on it') int max_rounds = 5

def pull = yield GetPR(pr)
def env = yield CreateWorktree(name: "review-${pull.number}", base_branch: "origin/${pull.branch}")
def after = Follow.untilAgreed(env, pull, max_rounds, pull.branch)
return "#${after.number} is ${after.status.name().toLowerCase()}"
