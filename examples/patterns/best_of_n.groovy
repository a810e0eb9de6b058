/** issue -> n attempts side by side -> tests -> a judge chooses -> pull request */
import conductor.flow.BestOf
import conductor.flow.Prompts

@Param('the command that an attempt must pass to be considered') String test_command
@Param('how many attempts') int n = 3

def good = BestOf.attempts(issue, n, test_command)
if (!good) {
  return "none of $n attempts passes '$test_command'"
}
def choice = BestOf.judged(issue, good)
return yield CreatePR(env: choice.env, title: issue.title,
    body: Prompts.description(issue, ["${good.size()} of $n attempts pass the tests", "chosen: ${choice.why}"]))
