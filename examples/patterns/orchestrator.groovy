/** issue -> a planner splits it -> workers, each in a worktree -> merge -> tests -> pull request */
import conductor.flow.FixLoop
import conductor.flow.Prompts
import conductor.flow.Window
import conductor.flow.Work

@Param('the command that must pass after the merge') String test_command
@Param('the most tasks that are taken') int most = 8
@Param('how many workers at once') int width = 4

def plan_format = [
  type: 'object',
  properties: [tasks: [type: 'array', minItems: 1, maxItems: most, items: [type: 'string']]],
  required: ['tasks'],
]

def desk = yield CreateWorktree(issue: issue, suffix: 'plan')
def plan = yield RunAgent(env: desk, name: 'planner', output_format: plan_format, prompt: """\
Split this issue into tasks that several people can do at the same time without touching the same files. Say in each
all that is needed to do it. Change nothing.

# ${issue.title}

${issue.body}
""")

def envs = Window.map(plan.tasks.withIndex(1).toList(), width) { task, n ->
  def env = yield CreateWorktree(issue: issue, suffix: "task-$n")
  yield RunAgent(env: env, name: "worker-$n", prompt: "Do this part of '${issue.title}', and no more:\n\n$task")
  Work.commit(env, task.readLines().first())
  return env
}
def merged = yield MergeBranches(envs, on_conflict: 'agent')
FixLoop.untilGreen(merged, test_command, 3)
def facts = plan.tasks + Work.done(merged, issue.title)
return yield CreatePR(env: merged, title: issue.title, body: Prompts.description(issue, facts))
