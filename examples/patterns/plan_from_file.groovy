/** a plan in a file -> an agent for each task, in order -> tests -> a commit each -> pull request */
import conductor.flow.Checklist
import conductor.flow.FixLoop
import conductor.flow.Work

@Param('the file with the tasks, lines such as "- [ ] Parse dates"') String plan = 'PLAN.md'
@Param('the command that must pass after each task') String test_command

def env = yield CreateWorktree(name: 'plan')
def tasks = Checklist.open(yield ReadFile(env, plan))
tasks.eachWithIndex { task, n ->
  yield Status("task ${n + 1} of ${tasks.size()}", task)
  yield RunAgent(env: env, name: "task-${n + 1}", prompt: "Do this task of $plan, and no other:\n\n$task")
  FixLoop.untilGreen(env, test_command, 3)
  yield WriteFile(env, plan, Checklist.tick(yield ReadFile(env, plan), task))
  Work.commit(env, task)
}
if (!tasks) {
  return "nothing is open in $plan"
}
return yield CreatePR(env: env, title: "Do what $plan asks", body: tasks.collect { "- $it" }.join('\n'))
