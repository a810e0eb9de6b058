/** issue -> what is it? -> the way for it */
import conductor.flow.FixLoop
import conductor.flow.Prompts
import conductor.flow.Work

@Param('the command that must pass, such as "mvn -q test"') String test_command
@Param('the agent type for what is simple; default: the usual one') String cheap = null

def route = [type: 'object', properties: [kind: [enum: ['bug', 'docs', 'question']]], required: ['kind']]

def env = yield CreateWorktree(issue: issue)
def kind = yield RunAgent(env: env, name: 'router', type: cheap, output_format: route,
    prompt: "Which kind of issue is this? Change nothing.\n\n# ${issue.title}\n\n${issue.body}").kind

switch (kind) {
  case 'question':
    return yield RunAgent(env: env, name: 'answer', prompt: "Answer this. Change nothing.\n\n${issue.body}")
  case 'docs':
    yield RunAgent(env: env, name: 'write', type: cheap, prompt: Prompts.implement(issue))
    break
  case 'bug':
    yield RunAgent(env: env, name: 'reproduce', prompt: Prompts.tests(issue))
    yield RunAgent(env: env, name: 'fix', prompt: Prompts.implement(issue))
    FixLoop.untilGreen(env, test_command, 3)
    break
}
def facts = Work.done(env, issue.title)
return yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue, facts), labels: [kind])
