/** pull request -> several agents, each with an eye for one thing -> vote -> comment */
@Param('the pull request: its number or url') String pr
@Param('what each voter looks for') List<String> eyes = ['correctness', 'security', 'tests']
@Param('how many must approve') int needed = 2

def ballot = [
  type: 'object',
  properties: [approved: [type: 'boolean'], why: [type: 'string']],
  required: ['approved', 'why'],
]

def pull = yield GetPR(pr)
def env = yield CreateWorktree(name: "vote-${pull.number}", base_branch: "origin/${pull.branch}")
def diff = yield Exec(command: ['git', 'diff', "origin/${pull.target}...HEAD"], env: env, check: true)

def votes = yield Gather(eyes.collect { eye ->
  Try(RunAgent(env: env, name: "voter-$eye", output_format: ballot, shared: true,
      prompt: "Review this change of '${pull.title}' for $eye alone. Change nothing.\n\n${diff.output}"))
})
def given = [eyes, votes].transpose().findAll { eye, vote -> vote.ok() } // one that failed has no vote
def approved = given.count { eye, vote -> vote.value.approved } >= needed

def lines = given.collect { eye, vote -> "- $eye: ${vote.value.approved ? 'yes' : 'no'}, ${vote.value.why}" }
yield CommentPR(pull, "${approved ? 'Approved' : 'Not approved'} by vote.\n\n${lines.join('\n')}")
return [approved: approved, votes: given.size(), of: eyes.size()]
