/** one prompt -> a fresh agent -> again, until the list is ticked off and the tests pass */
import conductor.flow.Checklist

@Param('the file with the tasks, lines such as "- [ ] Parse dates"') String plan = 'PLAN.md'
@Param('the command that must pass in the end') String test_command
@Param('how many agents at most') int rounds = 20

def env = yield CreateWorktree(name: 'until-done')
def prompt = "Read $plan. Do the most important open task, and that one only; see that '$test_command' passes. Then tick the task in $plan."
for (round in 1..rounds) {
  def open = Checklist.open(yield ReadFile(env, plan))
  def tests = yield Exec(command: test_command, env: env)
  if (!open && tests.passed) {
    return yield CreatePR(env: env, title: "Do what $plan asks", body: "Done in ${round - 1} rounds.")
  }
  yield Status("round $round of $rounds", "${open.size()} tasks are open")
  yield RunAgent(env: env, name: "round-$round", prompt: prompt + (tests.passed ? '' : "\n\nThe tests fail now:\n${tests.output}"))
  if (yield Verify(env).clean) {
    return "round $round changed nothing, ${open.size()} tasks are open in ${env.path}"
  }
  yield Commit(env: env, message: "Round $round")
}
return "$rounds rounds were not enough, what is done is in ${env.path}"
