/** issue -> agent -> score -> better -> ... -> pull request with the best version */
import conductor.flow.Prompts
import conductor.flow.Work

@Param('the score from 0 to 10 that is good enough') int enough = 8
@Param('how many versions are made at most') int rounds = 4
@Param('what is judged') String rubric = 'correct, simple, tested, in the style of the code around it'

def grade = [
  type: 'object',
  properties: [score: [type: 'integer', minimum: 0, maximum: 10], advice: [type: 'string']],
  required: ['score', 'advice'],
]

def env = yield CreateWorktree(issue: issue)
def best = [score: -1, commit: env.baseCommit]
def advice = 'none yet, this is the first version'
for (round in 1..rounds) {
  yield RunAgent(env: env, name: "version-$round", prompt: Prompts.implement(issue) + "\nAdvice on the version that is there: $advice")
  Work.commit(env, "${issue.title}, version $round")
  def seen = yield Verify(env: env, ahead: true)
  def verdict = yield RunAgent(env: env, name: "grade-$round", output_format: grade,
      prompt: "Grade this change from 0 to 10: $rubric. Change nothing.\n\n# ${issue.title}\n\n${issue.body}\n\n${yield Diff(env)}")
  yield Status("version $round: ${verdict.score} of 10", verdict.advice)
  if (verdict.score > best.score) {
    best = [score: verdict.score, commit: seen.head]
  } else { // worse: the next version starts from the best one
    yield Exec(command: ['git', 'reset', '--hard', '--quiet', best.commit], env: env, check: true, on_crash: 'rerun')
  }
  if (best.score >= enough) {
    break
  }
  advice = verdict.advice
}
return yield CreatePR(env: env, title: issue.title, draft: best.score < enough,
    body: Prompts.description(issue, ["scored ${best.score} of 10"]))
