/** issue -> design -> gate -> code -> documentation -> pull request */
import conductor.flow.Prompts
import conductor.flow.Work

@Param('how many files a design may touch before the run stops') int most_files = 10

def design_format = [
  type: 'object',
  properties: [approach: [type: 'string'], files: [type: 'array', items: [type: 'string']]],
  required: ['approach', 'files'],
]

def env = yield CreateWorktree(issue: issue)
def design = yield RunAgent(env: env, name: 'design', output_format: design_format,
    prompt: "Design a solution, and change nothing yet.\n\n# ${issue.title}\n\n${issue.body}")

if (design.files.size() > most_files) {
  return "too big for one change, ${design.files.size()} files: ${design.approach}"
}
yield RunAgent(env: env, name: 'code', prompt: Prompts.implement(issue) + "\nDo it like this: ${design.approach}")
yield RunAgent(env: env, name: 'document', prompt: "Bring the documentation up to date with this change:\n\n${yield Diff(env)}")

def facts = Work.done(env, issue.title)
return yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue, [design.approach] + facts))
